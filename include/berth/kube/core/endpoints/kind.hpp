#pragma once

/// \file
/// How endpoints behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/endpoint`,
/// `printEndpoints`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/endpoints/validation.hpp>

namespace berth::kube {

/// Whoever asks is told that there is something newer.
[[nodiscard]] BERTH_DECL auto endpoints_kind() -> api::kind_of<endpoints>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/endpoints/kind.ipp>
#endif
