#pragma once

/// \file
/// What the pods of an agent, or of a fleet of nodes, share.

#include <berth/api/any_client.hpp>
#include <berth/node/address_range.hpp>
#include <berth/node/node_object.hpp>
#include <berth/node/probing.hpp>

#include <optional>
#include <string>
#include <unordered_map>

namespace berth::node::detail {

template <class Runtime> class pod_worker;

/// Whom a report of the runtime concerns.
template <class Runtime> struct route {
    pod_worker<Runtime>* pod = nullptr; ///< it outlives what it has running, and takes back its other routes
    std::size_t record = 0;
    role what = role::container;
};

/// The shared parts.
template <class Runtime> struct node_context {
    Runtime& runtime;
    api::any_client client;
    agent_options const& options;
    fleet_event_sink events;
    kube::resource_list capacity;
    std::string runtime_name;
    std::unordered_map<container_id, route<Runtime>> routes = {};
};

/// The addresses of one node's pods.
struct node_addresses {
    std::optional<address_range> range = {}; ///< nothing: not known yet, so that its pods wait
};

} // namespace berth::node::detail
