#pragma once

/// \file
/// Nodes: the machines that run pods (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/resources.hpp>

namespace berth::kube {

/// Something about a node that pods must tolerate.
struct taint {
    std::string key;
    std::string value;
    std::string effect;
    std::optional<object::timestamp> time_added;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(taint, "io.k8s.api.core.v1.Taint", (key, .required = true, .always = true, .number = 1),
                   (value, .number = 2),
                   (effect, .required = true, .always = true,
                    .values = "NoSchedule,PreferNoSchedule,NoExecute", .number = 3),
                   (time_added, .number = 4))
};

/// A ConfigMap with the node's configuration (no longer used).
struct config_map_node_config_source {
    std::string namespace_;
    std::string name;
    std::string uid;
    std::string resource_version;
    std::string kubelet_config_key;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(config_map_node_config_source, "io.k8s.api.core.v1.ConfigMapNodeConfigSource",
                   (namespace_, .required = true, .always = true, .number = 1),
                   (name, .required = true, .always = true, .number = 2), (uid, .number = 3),
                   (resource_version, .number = 4),
                   (kubelet_config_key, .required = true, .always = true, .number = 5))
};

/// Where the node's configuration comes from (no longer used).
struct node_config_source {
    object::boxed<config_map_node_config_source> config_map;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_config_source, "io.k8s.api.core.v1.NodeConfigSource", (config_map, .number = 2))
};

/// What a node is to be.
struct node_spec {
    std::string pod_cidr;
    std::vector<std::string> pod_cidrs;
    std::string provider_id;
    bool unschedulable = false;
    object::list<taint> taints;
    object::boxed<node_config_source> config_source;
    std::string external_id;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_spec, "io.k8s.api.core.v1.NodeSpec", (pod_cidr, .json = "podCIDR", .number = 1),
                   (pod_cidrs, .json = "podCIDRs", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::set, .number = 7),
                   (provider_id, .json = "providerID", .number = 3), (unschedulable, .number = 4),
                   (taints, .topology = object::merge_topology::atomic, .number = 5),
                   (config_source, .number = 6), (external_id, .json = "externalID", .number = 2))
};

/// A named observation of a node.
struct node_condition {
    std::string type;
    std::string status;
    object::timestamp last_heartbeat_time;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_condition, "io.k8s.api.core.v1.NodeCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2),
                   (last_heartbeat_time, .always = true, .number = 3),
                   (last_transition_time, .always = true, .number = 4), (reason, .number = 5),
                   (message, .number = 6))
};

/// An address of a node.
struct node_address {
    std::string type;
    std::string address;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_address, "io.k8s.api.core.v1.NodeAddress",
                   (type, .required = true, .always = true, .number = 1),
                   (address, .required = true, .always = true, .number = 2))
};

/// A port of an agent.
struct daemon_endpoint {
    std::int32_t port = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(daemon_endpoint, "io.k8s.api.core.v1.DaemonEndpoint",
                   (port, .json = "Port", .required = true, .always = true, .number = 1))
};

/// The ports of the node's agents.
struct node_daemon_endpoints {
    daemon_endpoint kubelet_endpoint;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_daemon_endpoints, "io.k8s.api.core.v1.NodeDaemonEndpoints",
                   (kubelet_endpoint, .always = true, .number = 1))
};

/// The swap memory of a node in bytes.
struct node_swap_status {
    std::optional<std::int64_t> capacity;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_swap_status, "io.k8s.api.core.v1.NodeSwapStatus", (capacity, .number = 1))
};

/// What a node's machine and software are.
struct node_system_info {
    std::string machine_id;
    std::string system_uuid;
    std::string boot_id;
    std::string kernel_version;
    std::string os_image;
    std::string container_runtime_version;
    std::string kubelet_version;
    std::string kube_proxy_version;
    std::string operating_system;
    std::string architecture;
    object::boxed<node_swap_status> swap;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_system_info, "io.k8s.api.core.v1.NodeSystemInfo",
                   (machine_id, .json = "machineID", .required = true, .always = true, .number = 1),
                   (system_uuid, .json = "systemUUID", .required = true, .always = true, .number = 2),
                   (boot_id, .json = "bootID", .required = true, .always = true, .number = 3),
                   (kernel_version, .required = true, .always = true, .number = 4),
                   (os_image, .required = true, .always = true, .number = 5),
                   (container_runtime_version, .required = true, .always = true, .number = 6),
                   (kubelet_version, .required = true, .always = true, .number = 7),
                   (kube_proxy_version, .required = true, .always = true, .number = 8),
                   (operating_system, .required = true, .always = true, .number = 9),
                   (architecture, .required = true, .always = true, .number = 10), (swap, .number = 11))
};

/// An image that a node has.
struct container_image {
    std::vector<std::string> names;
    std::int64_t size_bytes = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_image, "io.k8s.api.core.v1.ContainerImage",
                   (names, .topology = object::merge_topology::atomic, .number = 1),
                   (size_bytes, .number = 2))
};

/// A volume that is attached to a node.
struct attached_volume {
    std::string name;
    std::string device_path;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(attached_volume, "io.k8s.api.core.v1.AttachedVolume",
                   (name, .required = true, .always = true, .number = 1),
                   (device_path, .required = true, .always = true, .number = 2))
};

/// What became of the node's configuration (no longer used).
struct node_config_status {
    object::boxed<node_config_source> assigned;
    object::boxed<node_config_source> active;
    object::boxed<node_config_source> last_known_good;
    std::string error;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_config_status, "io.k8s.api.core.v1.NodeConfigStatus", (assigned, .number = 1),
                   (active, .number = 2), (last_known_good, .number = 3), (error, .number = 4))
};

/// What a runtime handler can do.
struct node_runtime_handler_features {
    std::optional<bool> recursive_read_only_mounts;
    std::optional<bool> user_namespaces;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_runtime_handler_features, "io.k8s.api.core.v1.NodeRuntimeHandlerFeatures",
                   (recursive_read_only_mounts, .number = 1), (user_namespaces, .number = 2))
};

/// A way in which the node runs containers.
struct node_runtime_handler {
    std::string name;
    object::boxed<node_runtime_handler_features> features;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_runtime_handler, "io.k8s.api.core.v1.NodeRuntimeHandler",
                   (name, .always = true, .number = 1), (features, .number = 2))
};

/// What the node's container runtime can do.
struct node_features {
    std::optional<bool> supplemental_groups_policy;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_features, "io.k8s.api.core.v1.NodeFeatures",
                   (supplemental_groups_policy, .number = 1))
};

/// What became of a node.
struct node_status {
    resource_list capacity;
    resource_list allocatable;
    std::string phase;
    object::list<node_condition> conditions;
    object::list<node_address> addresses;
    node_daemon_endpoints daemon_endpoints;
    node_system_info node_info;
    object::list<container_image> images;
    std::vector<std::string> volumes_in_use;
    object::list<attached_volume> volumes_attached;
    object::boxed<node_config_status> config;
    object::list<node_runtime_handler> runtime_handlers;
    object::boxed<node_features> features;
    std::vector<std::string> declared_features;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_status, "io.k8s.api.core.v1.NodeStatus", (capacity, .number = 1),
                   (allocatable, .number = 2), (phase, .values = "Pending,Running,Terminated", .number = 3),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 4),
                   (addresses, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 5),
                   (daemon_endpoints, .always = true, .number = 6), (node_info, .always = true, .number = 7),
                   (images, .topology = object::merge_topology::atomic, .number = 8),
                   (volumes_in_use, .topology = object::merge_topology::atomic, .number = 9),
                   (volumes_attached, .topology = object::merge_topology::atomic, .number = 10),
                   (config, .number = 11),
                   (runtime_handlers, .topology = object::merge_topology::atomic, .number = 12),
                   (features, .number = 13),
                   (declared_features, .topology = object::merge_topology::atomic, .number = 14))
};

/// A machine that runs pods.
struct node {
    static constexpr object::resource_name resource{"", "v1", "Node", "nodes", "node", false};

    object::meta metadata;
    node_spec spec;
    node_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node, "io.k8s.api.core.v1.Node", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/type.ipp>
#endif
