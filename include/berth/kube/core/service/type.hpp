#pragma once

/// \file
/// Services: one address for many pods (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/bounds.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/meta.hpp>

namespace berth::kube {

/// A port of a service.
struct service_port {
    std::string name;
    std::string protocol;
    object::boxed<std::string> app_protocol;
    std::int32_t port = 0;
    object::int_or_string target_port;
    std::int32_t node_port = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(service_port, "io.k8s.api.core.v1.ServicePort", (name, .number = 1),
                   (protocol, .values = "SCTP,TCP,UDP", .fallback = "\"TCP\"", .number = 2),
                   (app_protocol, .number = 6),
                   (port, .required = true, .always = true, .minimum = 1, .maximum = highest_port,
                    .number = 3),
                   (target_port, .always = true, .number = 4),
                   (node_port, .minimum = 0, .maximum = highest_port, .number = 5))
};

/// How long a client stays with a pod, in seconds.
struct client_ip_config {
    std::optional<std::int32_t> timeout_seconds;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(client_ip_config, "io.k8s.api.core.v1.ClientIPConfig",
                   (timeout_seconds, .fallback = "10800", .minimum = 1, .maximum = 86400, .number = 1))
};

/// How clients stay with a pod.
struct session_affinity_config {
    object::boxed<client_ip_config> client_ip;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(session_affinity_config, "io.k8s.api.core.v1.SessionAffinityConfig",
                   (client_ip, .json = "clientIP", .number = 1))
};

/// What a service is to be.
struct service_spec {
    object::list<service_port> ports;
    object::string_map selector;
    std::string cluster_ip;
    std::vector<std::string> cluster_ips;
    std::string type;
    std::vector<std::string> external_ips;
    std::string session_affinity;
    std::string load_balancer_ip;
    std::vector<std::string> load_balancer_source_ranges;
    std::string external_name;
    std::string external_traffic_policy;
    std::int32_t health_check_node_port = 0;
    bool publish_not_ready_addresses = false;
    object::boxed<kube::session_affinity_config> session_affinity_config;
    std::vector<std::string> ip_families;
    object::boxed<std::string> ip_family_policy;
    std::optional<bool> allocate_load_balancer_node_ports;
    object::boxed<std::string> load_balancer_class;
    object::boxed<std::string> internal_traffic_policy;
    object::boxed<std::string> traffic_distribution;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(
        service_spec, "io.k8s.api.core.v1.ServiceSpec",
        (ports, .merge_key = "port", .patch = object::patch_strategy::merge,
         .topology = object::merge_topology::map, .list_keys = "port,protocol", .number = 1),
        (selector, .topology = object::merge_topology::atomic, .number = 2),
        (cluster_ip, .json = "clusterIP", .number = 3),
        (cluster_ips, .json = "clusterIPs", .topology = object::merge_topology::atomic, .number = 18),
        (type, .values = "ClusterIP,ExternalName,LoadBalancer,NodePort", .fallback = "\"ClusterIP\"",
         .number = 4),
        (external_ips, .json = "externalIPs", .topology = object::merge_topology::atomic, .number = 5),
        (session_affinity, .values = "ClientIP,None", .fallback = "\"None\"", .number = 7),
        (load_balancer_ip, .json = "loadBalancerIP", .number = 8),
        (load_balancer_source_ranges, .topology = object::merge_topology::atomic, .number = 9),
        (external_name, .number = 10), (external_traffic_policy, .values = "Cluster,Local", .number = 11),
        (health_check_node_port, .minimum = 1, .maximum = highest_port, .number = 12),
        (publish_not_ready_addresses, .number = 13), (session_affinity_config, .number = 14),
        (ip_families, .topology = object::merge_topology::atomic, .values = "IPv4,IPv6", .number = 19),
        (ip_family_policy, .values = "PreferDualStack,RequireDualStack,SingleStack", .number = 17),
        (allocate_load_balancer_node_ports, .number = 20), (load_balancer_class, .number = 21),
        (internal_traffic_policy, .values = "Cluster,Local", .number = 22),
        (traffic_distribution, .quiet = true, .values = "PreferClose,PreferSameNode,PreferSameZone",
         .number = 23))
};

/// What became of a port of a load balancer.
struct port_status {
    std::int32_t port = 0;
    std::string protocol;
    object::boxed<std::string> error;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(port_status, "io.k8s.api.core.v1.PortStatus",
                   (port, .required = true, .always = true, .number = 1),
                   (protocol, .required = true, .always = true, .values = "SCTP,TCP,UDP", .number = 2),
                   (error, .number = 3))
};

/// A place where a load balancer takes traffic.
struct load_balancer_ingress {
    std::string ip;
    std::string hostname;
    object::boxed<std::string> ip_mode;
    object::list<port_status> ports;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(load_balancer_ingress, "io.k8s.api.core.v1.LoadBalancerIngress", (ip, .number = 1),
                   (hostname, .number = 2), (ip_mode, .quiet = true, .values = "Proxy,VIP", .number = 3),
                   (ports, .topology = object::merge_topology::atomic, .number = 4))
};

/// What became of a load balancer.
struct load_balancer_status {
    object::list<load_balancer_ingress> ingress;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(load_balancer_status, "io.k8s.api.core.v1.LoadBalancerStatus",
                   (ingress, .topology = object::merge_topology::atomic, .number = 1))
};

/// What became of a service.
struct service_status {
    load_balancer_status load_balancer;
    object::list<object::condition> conditions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(service_status, "io.k8s.api.core.v1.ServiceStatus",
                   (load_balancer, .always = true, .number = 1),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 2))
};

/// One address for many pods.
struct service {
    static constexpr object::resource_name resource{"", "v1", "Service", "services", "service", true};

    object::meta metadata;
    service_spec spec;
    service_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(service, "io.k8s.api.core.v1.Service", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service/type.ipp>
#endif
