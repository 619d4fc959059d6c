#pragma once

/// \file
/// How limit ranges behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/limitrange`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/limit_range/defaults.hpp>
#include <berth/kube/core/limit_range/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto limit_range_kind() -> api::kind_of<limit_range>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/limit_range/kind.ipp>
#endif
