#pragma once

/// \file
/// The tables of `berth/kube/core/pod/container_status.hpp`.

#include <berth/kube/core/pod/container_status.hpp>

namespace berth::kube {

BERTH_TABLE(container_state_waiting);
BERTH_TABLE(container_state_running);
BERTH_TABLE(container_state_terminated);
BERTH_TABLE(container_state);
BERTH_TABLE(image_volume_status);
BERTH_TABLE(volume_status);
BERTH_TABLE(volume_mount_status);
BERTH_TABLE(linux_container_user);
BERTH_TABLE(container_user);
BERTH_TABLE(resource_health);
BERTH_TABLE(resource_status);
BERTH_TABLE(container_status);

} // namespace berth::kube
