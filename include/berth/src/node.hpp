#pragma once

/// \file
/// The bodies of `node`, for one unit of a program in separate compilation.

#include <berth/node/address_range.ipp>
#include <berth/node/backoff.ipp>
#include <berth/node/detail/container_driver.ipp>
#include <berth/node/detail/container_record.ipp>
#include <berth/node/detail/fleet_nodes.ipp>
#include <berth/node/detail/grpc_health.ipp>
#include <berth/node/detail/machine.ipp>
#include <berth/node/detail/network_action.ipp>
#include <berth/node/detail/read_only.ipp>
#include <berth/node/detail/usage_summary.ipp>
#include <berth/node/detail/warden.ipp>
#include <berth/node/detail/warden_link.ipp>
#include <berth/node/detail/warden_log.ipp>
#include <berth/node/environment.ipp>
#include <berth/node/fleet.ipp>
#include <berth/node/laws.ipp>
#include <berth/node/local_volumes.ipp>
#include <berth/node/logs.ipp>
#include <berth/node/node_object.ipp>
#include <berth/node/persistent_folder.ipp>
#include <berth/node/pod_range.ipp>
#include <berth/node/pod_status.ipp>
#include <berth/node/pretence.ipp>
#include <berth/node/probing.ipp>
#include <berth/node/process_runtime.ipp>
#include <berth/node/simulated_runtime.ipp>
#include <berth/node/volume_files.ipp>
#include <berth/node/volumes.ipp>
