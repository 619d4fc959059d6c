#pragma once

/// \file
/// The Node and Lease objects of an agent: pure functions from facts to values (kubelet 1.36,
/// `pkg/kubelet/nodestatus`).

#include <berth/core/config.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/node/options.hpp>
#include <berth/node/runtime.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::node {

/// The namespace of the leases of nodes.
inline constexpr std::string_view lease_namespace = "kube-node-lease";

/// What the machine has, with what the options put in its place.
[[nodiscard]] BERTH_DECL auto capacity_of(machine_facts const& machine, agent_options const& options)
    -> kube::resource_list;

namespace detail {

BERTH_DECL auto set_address(kube::node_status& status, std::string_view type, std::string const& address)
    -> void;

} // namespace detail

/// Sets what the agent is responsible for in its node's status. Resources that others have added stay, and
/// can be used.
BERTH_DECL auto set_node_status(kube::node_status& status, machine_facts const& machine,
                                agent_options const& options, time_point now) -> void;

/// Sets whether the node lacks a range of addresses for its pods: the condition `NetworkUnavailable`, for
/// which the control plane keeps pods away (kubernetes 1.36, `pkg/controller/nodelifecycle`). A node that
/// never lacked one has no such condition, and what others say by it stays.
BERTH_DECL auto set_network_status(kube::node_status& status, bool lacks_range, time_point now) -> void;

/// Sets the labels that every node has; says whether any was different.
BERTH_DECL auto set_node_labels(object::string_map& labels, machine_facts const& machine,
                                agent_options const& options) -> bool;

/// The Node with which an agent registers.
[[nodiscard]] BERTH_DECL auto new_node(machine_facts const& machine, agent_options const& options,
                                       time_point now) -> kube::node;

/// The node's status without its heartbeats, to see whether anything happened.
[[nodiscard]] inline auto without_heartbeats(kube::node_status status) -> kube::node_status {
    for (auto& c : status.conditions) c.last_heartbeat_time = {};
    return status;
}

/// What is to be told of a node whose state was the one and is the other now: conditions that are new or have
/// turned (a new `Ready` is none), and whether pods may still be placed on it (kubernetes 1.36,
/// `pkg/kubelet/kubelet_node_status.go`, `pkg/kubelet/nodestatus/setters.go`).
[[nodiscard]] BERTH_DECL auto node_news(kube::node const& before, kube::node const& after)
    -> std::vector<reconcile::note>;

/// The Lease with which an agent says that it lives.
[[nodiscard]] BERTH_DECL auto new_lease(agent_options const& options, std::string const& node_uid,
                                        time_point now) -> kube::lease;

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/node_object.ipp>
#endif
