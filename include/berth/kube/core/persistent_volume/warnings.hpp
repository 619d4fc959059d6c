#pragma once

/// \file
/// What the writer of a persistent volume is warned of, though it is accepted (Kubernetes 1.36,
/// `pkg/api/persistentvolume`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/meta/warnings.hpp>

namespace berth::kube {

/// Warnings about a volume that is created or changed.
[[nodiscard]] BERTH_DECL auto warnings_of(persistent_volume const& v,
                                          persistent_volume const* before = nullptr) -> warning_list;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume/warnings.ipp>
#endif
