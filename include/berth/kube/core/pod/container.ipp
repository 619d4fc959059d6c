#pragma once

/// \file
/// The tables of `berth/kube/core/pod/container.hpp`.

#include <berth/kube/core/pod/container.hpp>

namespace berth::kube {

BERTH_TABLE(container);
BERTH_TABLE(container_port);
BERTH_TABLE(volume_mount);
BERTH_TABLE(volume_device);
BERTH_TABLE(container_resize_policy);
BERTH_TABLE(container_restart_rule_on_exit_codes);
BERTH_TABLE(container_restart_rule);
BERTH_TABLE(ephemeral_container);

} // namespace berth::kube
