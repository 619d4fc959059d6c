#pragma once

/// \file
/// NetworkPolicies: which pods may speak with which (networking.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/int_or_string.hpp>
#include <berth/object/label_selector.hpp>

namespace berth::kube {

/// Ports to which traffic may go.
struct network_policy_port {
    object::boxed<std::string> protocol;
    std::optional<object::int_or_string> port; ///< absent: all
    std::optional<std::int32_t> end_port;      ///< the last of a range
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(network_policy_port, "io.k8s.api.networking.v1.NetworkPolicyPort",
                   (protocol, .quiet = true, .values = "TCP,UDP,SCTP", .fallback = "\"TCP\"", .number = 1),
                   (port, .number = 2), (end_port, .number = 3))
};

/// A range of addresses, without some of its parts.
struct ip_block {
    std::string cidr;
    std::vector<std::string> except;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ip_block, "io.k8s.api.networking.v1.IPBlock",
                   (cidr, .required = true, .always = true, .number = 1),
                   (except, .topology = object::merge_topology::atomic, .number = 2))
};

/// Some pods, or some addresses.
struct network_policy_peer {
    object::boxed<object::label_selector> pod_selector;
    object::boxed<object::label_selector> namespace_selector;
    object::boxed<kube::ip_block> ip_block;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(network_policy_peer, "io.k8s.api.networking.v1.NetworkPolicyPeer",
                   (pod_selector, .number = 1), (namespace_selector, .number = 2), (ip_block, .number = 3))
};

/// Traffic that may come in.
struct network_policy_ingress_rule {
    object::list<network_policy_port> ports; ///< none: all
    object::list<network_policy_peer> from;  ///< none: from anywhere
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(network_policy_ingress_rule, "io.k8s.api.networking.v1.NetworkPolicyIngressRule",
                   (ports, .topology = object::merge_topology::atomic, .number = 1),
                   (from, .topology = object::merge_topology::atomic, .number = 2))
};

/// Traffic that may go out.
struct network_policy_egress_rule {
    object::list<network_policy_port> ports; ///< none: all
    object::list<network_policy_peer> to;    ///< none: to anywhere
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(network_policy_egress_rule, "io.k8s.api.networking.v1.NetworkPolicyEgressRule",
                   (ports, .topology = object::merge_topology::atomic, .number = 1),
                   (to, .topology = object::merge_topology::atomic, .number = 2))
};

/// Which pods, and what is let through.
struct network_policy_spec {
    object::label_selector pod_selector;
    object::list<network_policy_ingress_rule> ingress;
    object::list<network_policy_egress_rule> egress;
    std::vector<std::string> policy_types;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(network_policy_spec, "io.k8s.api.networking.v1.NetworkPolicySpec",
                   (pod_selector, .always = true, .number = 1),
                   (ingress, .topology = object::merge_topology::atomic, .number = 2),
                   (egress, .topology = object::merge_topology::atomic, .number = 3),
                   (policy_types, .quiet = true, .topology = object::merge_topology::atomic,
                    .values = "Ingress,Egress", .max_size = 2, .number = 4))
};

/// What traffic some pods have.
struct network_policy {
    static constexpr object::resource_name resource{
        "networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", "networkpolicy", true};

    object::meta metadata;
    network_policy_spec spec;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(network_policy, "io.k8s.api.networking.v1.NetworkPolicy",
                   (metadata, .always = true, .number = 1), (spec, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/network_policy/type.ipp>
#endif
