#pragma once

/// \file
/// What a fleet may be told, and what it tells of itself.

#include <berth/node/options.hpp>
#include <berth/node/simulated_runtime.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace berth::node {

/// What is a node's own in a fleet.
struct fleet_node {
    std::string name;
    object::string_map labels = {}; ///< beside those that all have
};

/// Options of a fleet.
struct fleet_options {
    std::vector<fleet_node> nodes;     ///< a name that occurs twice is one node
    agent_options each = {};           ///< what they have in common; its `name` does not matter
    simulated_options containers = {}; ///< one runtime is that of all nodes
    std::size_t batch = 1024;          ///< the most writes in one request
};

/// What a fleet has done.
struct fleet_counters {
    std::size_t nodes = 0;        ///< that live
    std::size_t registered = 0;   ///< that are in the API
    std::size_t pods = 0;         ///< that it looks after, ended ones included
    std::uint64_t renewals = 0;   ///< of leases
    std::uint64_t reports = 0;    ///< of the nodes' status, their registration included
    std::uint64_t refused = 0;    ///< writes about nodes and leases that failed; they are tried again
    duration greatest_delay = {}; ///< of a renewal, after the moment it was due
};

} // namespace berth::node
