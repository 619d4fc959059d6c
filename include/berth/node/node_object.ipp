#pragma once

/// \file
/// The bodies of `berth/node/node_object.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/node_object.hpp>

namespace berth::node {

BERTH_DECL auto capacity_of(machine_facts const& machine, agent_options const& options)
    -> kube::resource_list {
    auto out = kube::resource_list();
    auto const kibi = [](std::int64_t bytes) {
        return object::quantity::of(bytes / 1024 * 1024, object::quantity_format::binary_si);
    };
    out["cpu"] = object::quantity::of_milli(machine.cpu_millis);
    out["memory"] = kibi(machine.memory_bytes);
    out["ephemeral-storage"] = kibi(machine.storage_bytes);
    out["pods"] = object::quantity::of(machine.pods);
    for (auto const& [name, amount] : options.capacity) out[name] = amount;
    return out;
}

} // namespace berth::node

namespace berth::node::detail {

inline auto set_node_condition(kube::node_status& status, std::string_view type, bool value,
                               std::string_view reason, std::string_view message, time_point now) -> void {
    auto* condition = object::find_condition(status.conditions, type);
    if (condition == nullptr) condition = &status.conditions.emplace_back();
    auto const text = value ? "True" : "False";
    if (condition->status != text) condition->last_transition_time = object::timestamp(now);
    condition->type = type;
    condition->status = text;
    condition->reason = reason;
    condition->message = message;
    condition->last_heartbeat_time = object::timestamp(now);
}

BERTH_DECL auto set_address(kube::node_status& status, std::string_view type, std::string const& address)
    -> void {
    for (auto& a : status.addresses)
        if (a.type == type) {
            a.address = address;
            return;
        }
    auto& a = status.addresses.emplace_back();
    a.type = type;
    a.address = address;
}

/// The conditions that an agent tells of: by the reasons of what it tells when they are true, and false.
struct told_condition {
    std::string_view type, when_true, when_false;
};
inline constexpr told_condition told_conditions[] = {
    {"MemoryPressure", "NodeHasInsufficientMemory", "NodeHasSufficientMemory"},
    {"DiskPressure", "NodeHasDiskPressure", "NodeHasNoDiskPressure"},
    {"PIDPressure", "NodeHasInsufficientPID", "NodeHasSufficientPID"},
    {"Ready", "NodeReady", "NodeNotReady"},
};

} // namespace berth::node::detail

namespace berth::node {

BERTH_DECL auto set_node_status(kube::node_status& status, machine_facts const& machine,
                                agent_options const& options, time_point now) -> void {
    // What others say that the node has, such as devices, stays.
    for (auto const& [name, amount] : capacity_of(machine, options)) status.capacity[name] = amount;
    status.allocatable = status.capacity;
    detail::set_address(status, "InternalIP", options.address);
    detail::set_address(status, "Hostname", options.name);
    auto& info = status.node_info;
    info.machine_id = machine.machine_id;
    info.system_uuid = machine.system_uuid;
    info.boot_id = machine.boot_id;
    info.kernel_version = machine.kernel_version;
    info.os_image = machine.os_image;
    info.container_runtime_version = machine.runtime_name + "://" + machine.runtime_version;
    info.kubelet_version = options.version;
    info.operating_system = machine.operating_system;
    info.architecture = machine.architecture;
    detail::set_node_condition(status, "MemoryPressure", false, "KubeletHasSufficientMemory",
                               "kubelet has sufficient memory available", now);
    detail::set_node_condition(status, "DiskPressure", false, "KubeletHasNoDiskPressure",
                               "kubelet has no disk pressure", now);
    detail::set_node_condition(status, "PIDPressure", false, "KubeletHasSufficientPID",
                               "kubelet has sufficient PID available", now);
    detail::set_node_condition(status, "Ready", true, "KubeletReady", "kubelet is posting ready status", now);
}

BERTH_DECL auto set_network_status(kube::node_status& status, bool lacks_range, time_point now) -> void {
    constexpr auto type = std::string_view("NetworkUnavailable");
    constexpr auto lacking = std::string_view("NoPodCIDR");
    auto const* const known = object::find_condition(status.conditions, type);
    auto const ours = known != nullptr && known->reason == lacking;
    if (lacks_range && (known == nullptr || known->status != "True"))
        detail::set_node_condition(status, type, true, lacking,
                                   "nobody gives the node a range of addresses for its pods", now);
    else if (!lacks_range && ours)
        detail::set_node_condition(status, type, false, "PodCIDRAssigned",
                                   "the node has a range of addresses for its pods", now);
}

BERTH_DECL auto set_node_labels(object::string_map& labels, machine_facts const& machine,
                                agent_options const& options) -> bool {
    auto const before = labels;
    for (auto const& [name, value] : options.labels) labels[name] = value;
    labels["kubernetes.io/hostname"] = options.name;
    for (auto const* const prefix : {"kubernetes.io/", "beta.kubernetes.io/"}) {
        labels[std::string(prefix) + "os"] = machine.operating_system;
        labels[std::string(prefix) + "arch"] = machine.architecture;
    }
    return labels != before;
}

BERTH_DECL auto new_node(machine_facts const& machine, agent_options const& options, time_point now)
    -> kube::node {
    auto out = kube::node();
    out.metadata.name = options.name;
    set_node_labels(out.metadata.labels, machine, options);
    if (!options.pod_cidr.empty()) {
        out.spec.pod_cidr = options.pod_cidr;
        out.spec.pod_cidrs = {options.pod_cidr};
    }
    out.spec.taints = options.taints;
    set_node_status(out.status, machine, options, now);
    return out;
}

BERTH_DECL auto node_news(kube::node const& before, kube::node const& after) -> std::vector<reconcile::note> {
    auto out = std::vector<reconcile::note>();
    auto const tell = [&](std::string_view reason) {
        auto& n = out.emplace_back();
        n.regarding = reconcile::reference(kube::node::resource, after.metadata.where(), after.metadata.uid);
        n.type = "Normal";
        n.reason = reason;
        n.message = "Node " + after.metadata.name + " status is now: " + n.reason;
    };
    for (auto const& [type, when_true, when_false] : detail::told_conditions) {
        auto const* const is = object::find_condition(after.status.conditions, type);
        auto const* const was = object::find_condition(before.status.conditions, type);
        if (is == nullptr || (was != nullptr ? was->status == is->status : type == "Ready")) continue;
        tell(is->status == "True" ? when_true : when_false);
    }
    if (before.spec.unschedulable != after.spec.unschedulable)
        tell(after.spec.unschedulable ? "NodeNotSchedulable" : "NodeSchedulable");
    return out;
}

BERTH_DECL auto new_lease(agent_options const& options, std::string const& node_uid, time_point now)
    -> kube::lease {
    auto out = kube::lease();
    out.metadata.name = options.name;
    out.metadata.namespace_ = lease_namespace;
    auto& owner = out.metadata.owner_references.emplace_back();
    owner.api_version = "v1";
    owner.kind = "Node";
    owner.name = options.name;
    owner.uid = node_uid;
    out.spec.holder_identity = options.name;
    out.spec.lease_duration_seconds =
        static_cast<std::int32_t>(options.lease_duration.nanoseconds / 1'000'000'000);
    out.spec.renew_time = object::micro_timestamp(now);
    return out;
}

} // namespace berth::node
