#pragma once

/// \file
/// Pods: what runs together on one node (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/pod/container_status.hpp>
#include <berth/kube/core/pod/spec.hpp>

namespace berth::kube {

/// A named observation of a pod.
struct pod_condition {
    object::rare_text type;
    std::int64_t observed_generation = 0;
    std::string status;
    object::timestamp last_probe_time;
    object::timestamp last_transition_time;
    object::rare_text reason;
    object::rare_text message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_condition, "io.k8s.api.core.v1.PodCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (observed_generation, .minimum = 0, .number = 7),
                   (status, .required = true, .always = true, .number = 2),
                   (last_probe_time, .always = true, .number = 3),
                   (last_transition_time, .always = true, .number = 4), (reason, .number = 5),
                   (message, .number = 6))
};

/// An address of the pod's node.
struct host_ip {
    std::string ip;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(host_ip, "io.k8s.api.core.v1.HostIP", (ip, .required = true, .always = true, .number = 1))
};

/// An address of the pod.
struct pod_ip {
    std::string ip;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_ip, "io.k8s.api.core.v1.PodIP", (ip, .required = true, .always = true, .number = 1))
};

/// Which claim was made for a template.
struct pod_resource_claim_status {
    std::string name;
    object::boxed<std::string> resource_claim_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_resource_claim_status, "io.k8s.api.core.v1.PodResourceClaimStatus",
                   (name, .required = true, .always = true, .number = 1), (resource_claim_name, .number = 2))
};

/// Which request of a claim serves a container's extended resource.
struct container_extended_resource_request {
    std::string container_name;
    std::string resource_name;
    std::string request_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_extended_resource_request, "io.k8s.api.core.v1.ContainerExtendedResourceRequest",
                   (container_name, .required = true, .always = true, .number = 1),
                   (resource_name, .required = true, .always = true, .number = 2),
                   (request_name, .required = true, .always = true, .number = 3))
};

/// The claim that serves the extended resources of the pod.
struct pod_extended_resource_claim_status {
    object::list<container_extended_resource_request> request_mappings;
    std::string resource_claim_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_extended_resource_claim_status, "io.k8s.api.core.v1.PodExtendedResourceClaimStatus",
                   (request_mappings, .required = true, .always = true,
                    .topology = object::merge_topology::atomic, .number = 1),
                   (resource_claim_name, .required = true, .always = true, .number = 2))
};

/// What a claim takes of the resources of the node.
struct node_allocatable_resource_claim_status {
    std::string resource_claim_name;
    std::vector<std::string> containers;
    resource_list resources;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_allocatable_resource_claim_status,
                   "io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus",
                   (resource_claim_name, .required = true, .always = true, .number = 1),
                   (containers, .topology = object::merge_topology::atomic, .number = 2),
                   (resources, .required = true, .always = true, .number = 3))
};

/// What became of a pod.
struct pod_status {
    std::int64_t observed_generation = 0;
    std::string phase;
    object::list<pod_condition> conditions;
    object::rare_text message;
    object::rare_text reason;
    object::rare_text nominated_node_name;
    std::string host_ip;
    object::list<kube::host_ip> host_ips;
    std::string pod_ip;
    object::list<kube::pod_ip> pod_ips;
    std::optional<object::timestamp> start_time;
    object::list<container_status> init_container_statuses;
    object::list<container_status> container_statuses;
    object::rare_text qos_class;
    object::list<container_status> ephemeral_container_statuses;
    object::rare_text resize;
    object::list<pod_resource_claim_status> resource_claim_statuses;
    object::boxed<pod_extended_resource_claim_status> extended_resource_claim_status;
    resource_list allocated_resources;
    object::boxed<resource_requirements> resources;
    object::list<node_allocatable_resource_claim_status> node_allocatable_resource_claim_statuses;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(
        pod_status, "io.k8s.api.core.v1.PodStatus", (observed_generation, .minimum = 0, .number = 17),
        (phase, .values = "Failed,Pending,Running,Succeeded,Unknown", .number = 1),
        (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "type", .number = 2),
        (message, .number = 3), (reason, .number = 4), (nominated_node_name, .number = 11),
        (host_ip, .json = "hostIP", .number = 5),
        (host_ips, .json = "hostIPs", .merge_key = "ip", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::atomic, .number = 16),
        (pod_ip, .json = "podIP", .number = 6),
        (pod_ips, .json = "podIPs", .merge_key = "ip", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "ip", .number = 12),
        (start_time, .number = 7),
        (init_container_statuses, .topology = object::merge_topology::atomic, .number = 10),
        (container_statuses, .topology = object::merge_topology::atomic, .number = 8),
        (qos_class, .values = "BestEffort,Burstable,Guaranteed", .number = 9),
        (ephemeral_container_statuses, .topology = object::merge_topology::atomic, .number = 13),
        (resize, .number = 14),
        (resource_claim_statuses, .merge_key = "name", .patch = object::patch_strategy::merge_retain_keys,
         .topology = object::merge_topology::map, .list_keys = "name", .number = 15),
        (extended_resource_claim_status, .number = 18), (allocated_resources, .number = 19),
        (resources, .number = 20),
        (node_allocatable_resource_claim_statuses, .topology = object::merge_topology::atomic, .number = 21))
};

/// A group of containers that run together on one node.
struct pod {
    static constexpr object::resource_name resource{"", "v1", "Pod", "pods", "pod", true};

    object::meta metadata;
    pod_spec spec;
    pod_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod, "io.k8s.api.core.v1.Pod", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/type.ipp>
#endif
