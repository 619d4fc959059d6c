#pragma once

/// \file
/// The worker: agents and the runtimes that run containers.

// IWYU pragma: begin_exports
#include <berth/node/address_range.hpp>
#include <berth/node/agent.hpp>
#include <berth/node/backoff.hpp>
#include <berth/node/environment.hpp>
#include <berth/node/expansion.hpp>
#include <berth/node/fleet.hpp>
#include <berth/node/fwd.hpp>
#include <berth/node/local_volumes.hpp>
#include <berth/node/log_service.hpp>
#include <berth/node/logs.hpp>
#include <berth/node/node_object.hpp>
#include <berth/node/options.hpp>
#include <berth/node/persistent_folder.hpp>
#include <berth/node/pod_range.hpp>
#include <berth/node/pod_status.hpp>
#include <berth/node/probing.hpp>
#include <berth/node/process_runtime.hpp>
#include <berth/node/runtime.hpp>
#include <berth/node/simulated_runtime.hpp>
#include <berth/node/volume_files.hpp>
#include <berth/node/volumes.hpp>
// IWYU pragma: end_exports
