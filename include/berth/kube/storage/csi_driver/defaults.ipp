#pragma once

/// \file
/// The bodies of `berth/kube/storage/csi_driver/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/storage/csi_driver/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(csi_driver& o) -> void {
    object::apply_defaults(o);
    if (o.spec.volume_lifecycle_modes.empty()) o.spec.volume_lifecycle_modes = {"Persistent"};
}

} // namespace berth::kube
