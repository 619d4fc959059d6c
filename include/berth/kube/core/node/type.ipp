#pragma once

/// \file
/// The tables of `berth/kube/core/node/type.hpp`.

#include <berth/kube/core/node/type.hpp>

namespace berth::kube {

BERTH_TABLE(taint);
BERTH_TABLE(config_map_node_config_source);
BERTH_TABLE(node_config_source);
BERTH_TABLE(node_spec);
BERTH_TABLE(node_condition);
BERTH_TABLE(node_address);
BERTH_TABLE(daemon_endpoint);
BERTH_TABLE(node_daemon_endpoints);
BERTH_TABLE(node_swap_status);
BERTH_TABLE(node_system_info);
BERTH_TABLE(container_image);
BERTH_TABLE(attached_volume);
BERTH_TABLE(node_config_status);
BERTH_TABLE(node_runtime_handler_features);
BERTH_TABLE(node_runtime_handler);
BERTH_TABLE(node_features);
BERTH_TABLE(node_status);
BERTH_TABLE(node);

} // namespace berth::kube
