#pragma once

/// \file
/// What a pod is to be (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/pod/affinity.hpp>
#include <berth/kube/core/pod/container.hpp>
#include <berth/kube/core/pod/volume.hpp>

namespace berth::kube {

/// An option of the resolver.
struct pod_dns_config_option {
    std::string name;
    object::boxed<std::string> value;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_dns_config_option, "io.k8s.api.core.v1.PodDNSConfigOption", (name, .number = 1),
                   (value, .number = 2))
};

/// Settings of the resolver beyond the policy.
struct pod_dns_config {
    std::vector<std::string> nameservers;
    std::vector<std::string> searches;
    object::list<pod_dns_config_option> options;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_dns_config, "io.k8s.api.core.v1.PodDNSConfig",
                   (nameservers, .topology = object::merge_topology::atomic, .number = 1),
                   (searches, .topology = object::merge_topology::atomic, .number = 2),
                   (options, .topology = object::merge_topology::atomic, .number = 3))
};

/// Names for an address in the hosts file.
struct host_alias {
    std::string ip;
    std::vector<std::string> hostnames;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(host_alias, "io.k8s.api.core.v1.HostAlias",
                   (ip, .required = true, .always = true, .number = 1),
                   (hostnames, .topology = object::merge_topology::atomic, .number = 2))
};

/// A condition that must be true for the pod to be ready.
struct pod_readiness_gate {
    std::string condition_type;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_readiness_gate, "io.k8s.api.core.v1.PodReadinessGate",
                   (condition_type, .required = true, .always = true, .number = 1))
};

/// Something that keeps the pod from being scheduled.
struct pod_scheduling_gate {
    std::string name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_scheduling_gate, "io.k8s.api.core.v1.PodSchedulingGate",
                   (name, .required = true, .always = true, .number = 1))
};

/// A claim of the pod, by the name of the claim or of a template for it.
struct pod_resource_claim {
    std::string name;
    object::boxed<std::string> resource_claim_name;
    object::boxed<std::string> resource_claim_template_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_resource_claim, "io.k8s.api.core.v1.PodResourceClaim",
                   (name, .required = true, .always = true, .number = 1), (resource_claim_name, .number = 3),
                   (resource_claim_template_name, .number = 4))
};

/// The group that the pod is scheduled with.
struct pod_scheduling_group {
    object::boxed<std::string> pod_group_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_scheduling_group, "io.k8s.api.core.v1.PodSchedulingGroup",
                   (pod_group_name, .number = 1))
};

/// The operating system of the pod's containers.
struct pod_os {
    std::string name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_os, "io.k8s.api.core.v1.PodOS",
                   (name, .required = true, .always = true, .quiet = true, .values = "linux,windows",
                    .number = 1))
};

/// What a pod is to be.
struct pod_spec {
    object::list<volume> volumes;
    object::list<container> init_containers;
    object::list<container> containers;
    object::list<ephemeral_container> ephemeral_containers;
    std::string restart_policy;
    std::optional<std::int64_t> termination_grace_period_seconds;
    std::optional<std::int64_t> active_deadline_seconds;
    object::rare_text dns_policy;
    object::string_map node_selector;
    object::rare_text service_account_name;
    object::rare_text service_account;
    std::optional<bool> automount_service_account_token;
    std::string node_name;
    bool host_network = false;
    bool host_pid = false;
    bool host_ipc = false;
    std::optional<bool> share_process_namespace;
    object::boxed<pod_security_context> security_context;
    object::list<local_object_reference> image_pull_secrets;
    object::rare_text hostname;
    object::rare_text subdomain;
    object::boxed<kube::affinity> affinity;
    object::rare_text scheduler_name;
    object::list<toleration> tolerations;
    object::list<host_alias> host_aliases;
    object::rare_text priority_class_name;
    std::optional<std::int32_t> priority;
    object::boxed<pod_dns_config> dns_config;
    object::list<pod_readiness_gate> readiness_gates;
    object::boxed<std::string> runtime_class_name;
    std::optional<bool> enable_service_links;
    object::boxed<std::string> preemption_policy;
    resource_list overhead;
    object::list<topology_spread_constraint> topology_spread_constraints;
    std::optional<bool> set_hostname_as_fqdn;
    object::boxed<pod_os> os;
    std::optional<bool> host_users;
    object::list<pod_scheduling_gate> scheduling_gates;
    object::list<pod_resource_claim> resource_claims;
    object::boxed<resource_requirements> resources;
    object::boxed<std::string> hostname_override;
    object::boxed<pod_scheduling_group> scheduling_group;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(
        pod_spec, "io.k8s.api.core.v1.PodSpec",
        (volumes, .merge_key = "name", .patch = object::patch_strategy::merge_retain_keys,
         .topology = object::merge_topology::map, .list_keys = "name", .number = 1),
        (init_containers, .merge_key = "name", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "name", .number = 20),
        (containers, .required = true, .always = true, .merge_key = "name",
         .patch = object::patch_strategy::merge, .topology = object::merge_topology::map, .list_keys = "name",
         .number = 2),
        (ephemeral_containers, .merge_key = "name", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "name", .number = 34),
        (restart_policy, .values = "Always,OnFailure,Never", .fallback = "\"Always\"", .number = 3),
        (termination_grace_period_seconds, .fallback = "30", .number = 4),
        (active_deadline_seconds, .minimum = 1, .maximum = highest_id, .number = 5),
        (dns_policy, .values = "ClusterFirstWithHostNet,ClusterFirst,Default,None",
         .fallback = "\"ClusterFirst\"", .number = 6),
        (node_selector, .topology = object::merge_topology::atomic, .number = 7),
        (service_account_name, .number = 8), (service_account, .number = 9),
        (automount_service_account_token, .number = 21), (node_name, .number = 10),
        (host_network, .number = 11), (host_pid, .json = "hostPID", .number = 12),
        (host_ipc, .json = "hostIPC", .number = 13), (share_process_namespace, .number = 27),
        (security_context, .number = 14),
        (image_pull_secrets, .merge_key = "name", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "name", .number = 15),
        (hostname, .number = 16), (subdomain, .number = 17), (affinity, .number = 18),
        (scheduler_name, .fallback = "\"default-scheduler\"", .number = 19),
        (tolerations, .topology = object::merge_topology::atomic, .number = 22),
        (host_aliases, .merge_key = "ip", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "ip", .number = 23),
        (priority_class_name, .number = 24), (priority, .number = 25), (dns_config, .number = 26),
        (readiness_gates, .topology = object::merge_topology::atomic, .number = 28),
        (runtime_class_name, .number = 29), (enable_service_links, .number = 30),
        (preemption_policy, .values = "PreemptLowerPriority,Never", .number = 31), (overhead, .number = 32),
        (topology_spread_constraints, .merge_key = "topologyKey", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "topologyKey,whenUnsatisfiable", .number = 33),
        (set_hostname_as_fqdn, .json = "setHostnameAsFQDN", .number = 35), (os, .number = 36),
        (host_users, .number = 37),
        (scheduling_gates, .merge_key = "name", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "name", .number = 38),
        (resource_claims, .merge_key = "name", .patch = object::patch_strategy::merge_retain_keys,
         .topology = object::merge_topology::map, .list_keys = "name", .number = 39),
        (resources, .number = 40), (hostname_override, .number = 41), (scheduling_group, .number = 43))
};

/// What the pods of a controller are to be.
struct pod_template_spec {
    object::meta metadata;
    pod_spec spec;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_template_spec, "io.k8s.api.core.v1.PodTemplateSpec",
                   (metadata, .always = true, .number = 1), (spec, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/spec.ipp>
#endif
