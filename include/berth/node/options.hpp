#pragma once

/// \file
/// What an agent is told when it is made. The intervals are the kubelet's.

#include <berth/kube/core/node/type.hpp>
#include <berth/node/backoff.hpp>
#include <berth/node/pretence.hpp>
#include <berth/reconcile/plan.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::node {

/// Where an agent's events go: what is to be told, about which field of the object, when. May be empty. A
/// `kube::event_recorder` fits: `[&](auto const& n, auto const& field, auto now) { recorder.record(n, field,
/// now); }`.
using event_sink = std::function<void(reconcile::note const&, std::string const& field_path, time_point)>;

/// The same for many nodes: with the name of the one that tells.
using fleet_event_sink = std::function<void(reconcile::note const&, std::string const& field_path,
                                            std::string const& node, time_point)>;

/// Options of an agent.
struct agent_options {
    std::string name;                      ///< of the node; required
    object::string_map labels = {};        ///< beside hostname, operating system and architecture
    object::list<kube::taint> taints = {}; ///< with which the node is registered
    std::string address = "127.0.0.1";     ///< of the node; also that of pods on the host's network
    std::string pod_cidr = {}; ///< addresses of pods; empty: what the node's `spec.podCIDR` comes to say
    duration pod_cidr_patience = seconds(5); ///< for that; then `own_pod_cidr` says what happens
    /// Take one of `own_pod_cidrs` (node/pod_range.hpp). Otherwise the node says that it has no network and
    /// its pods wait on: where somebody gives ranges to nodes, none is to be had beside theirs.
    bool own_pod_cidr = true;
    kube::resource_list capacity = {}; ///< in place of what the runtime says
    std::string log_directory = {};    ///< see node/logs.hpp; empty: no logs
    std::string volume_directory = {}; ///< see node/volumes.hpp; empty: volumes are left out
    bool pretend_volumes = false; ///< without a folder: pods wait for what their volumes would be made of
    std::string version = "v1.36.0+berth";  ///< as the node's `kubeletVersion`
    backoff_limits backoff = {};            ///< of containers that keep ending
    duration retry_interval = seconds(10);  ///< of containers that could not be created
    duration lease_interval = seconds(10);  ///< between renewals
    duration lease_duration = seconds(40);  ///< after which the node counts as lost
    duration status_interval = seconds(10); ///< between looks at the node's status
    duration status_report = minutes(5);    ///< after which it is written though nothing changed
    pretence pretended = {};                ///< how containers behave that are only pretended
    duration usage_interval = seconds(15);  ///< between reports of what containers use; 0: none are made
    duration drain_grace = seconds(2);      ///< for containers when the agent is told to stop
};

} // namespace berth::node
