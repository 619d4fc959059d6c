#pragma once

/// \file
/// What volumes are when their manifests do not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`), as far
/// as their descriptions do not tell it.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/defaults/container.hpp>
#include <berth/kube/core/pod/volume.hpp>

namespace berth::kube::detail {

/// What a volume is that depends on more than the member itself.
BERTH_DECL auto complete(volume& v) -> void;
/// Whether `complete` would leave a volume as it is.
[[nodiscard]] BERTH_DECL auto is_complete(volume const& v) -> bool;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/defaults/volume.ipp>
#endif
