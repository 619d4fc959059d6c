#pragma once

/// \file
/// What the parts of an agent share.

#include <berth/api/any_client.hpp>
#include <berth/node/address_range.hpp>
#include <berth/node/node_object.hpp>
#include <berth/node/probing.hpp>

#include <map>
#include <string>

namespace berth::node::detail {

/// Whom a report of the runtime concerns.
struct route {
    std::string uid;
    std::size_t record = 0;
    role what = role::container;
};

/// The shared parts.
template <class Runtime> struct node_context {
    Runtime& runtime;
    api::any_client client;
    agent_options const& options;
    event_sink const& events;
    kube::resource_list capacity;
    std::string runtime_name;
    address_range addresses;
    std::map<container_id, route> routes;
};

} // namespace berth::node::detail
