#pragma once

/// \file
/// How persistent volumes behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/core/persistentvolume`, `printPersistentVolume`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/persistent_volume/defaults.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume/validation.hpp>
#include <berth/kube/core/persistent_volume/warnings.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto persistent_volume_kind() -> api::kind_of<persistent_volume>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume/kind.ipp>
#endif
