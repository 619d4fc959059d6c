#pragma once

/// \file
/// How secrets behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/secret`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/secret/defaults.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/kube/core/secret/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto secret_kind() -> api::kind_of<secret>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/secret/kind.ipp>
#endif
