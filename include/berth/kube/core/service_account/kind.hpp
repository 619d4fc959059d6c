#pragma once

/// \file
/// How service accounts behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/core/serviceaccount`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/service_account/type.hpp>

namespace berth::kube {

/// Its `token` is refused until `serve_tokens` names who issues tokens.
[[nodiscard]] BERTH_DECL auto service_account_kind() -> api::kind_of<service_account>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service_account/kind.ipp>
#endif
