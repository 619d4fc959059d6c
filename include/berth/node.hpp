#pragma once

/// \file
/// The whole node area.

#include <berth/node/address_range.hpp>     // IWYU pragma: export
#include <berth/node/agent.hpp>             // IWYU pragma: export
#include <berth/node/backoff.hpp>           // IWYU pragma: export
#include <berth/node/environment.hpp>       // IWYU pragma: export
#include <berth/node/expansion.hpp>         // IWYU pragma: export
#include <berth/node/fwd.hpp>               // IWYU pragma: export
#include <berth/node/log_service.hpp>       // IWYU pragma: export
#include <berth/node/logs.hpp>              // IWYU pragma: export
#include <berth/node/node_object.hpp>       // IWYU pragma: export
#include <berth/node/options.hpp>           // IWYU pragma: export
#include <berth/node/pod_status.hpp>        // IWYU pragma: export
#include <berth/node/probing.hpp>           // IWYU pragma: export
#include <berth/node/process_runtime.hpp>   // IWYU pragma: export
#include <berth/node/runtime.hpp>           // IWYU pragma: export
#include <berth/node/simulated_runtime.hpp> // IWYU pragma: export
#include <berth/node/volumes.hpp>           // IWYU pragma: export
