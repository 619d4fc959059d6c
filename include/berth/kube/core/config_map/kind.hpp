#pragma once

/// \file
/// How config maps behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/configmap`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/config_map/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto config_map_kind() -> api::kind_of<config_map>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/config_map/kind.ipp>
#endif
