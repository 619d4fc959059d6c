#pragma once

/// \file
/// EndpointSlices: where the pods of a service are reached (discovery.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/core/reference.hpp>

namespace berth::kube {

/// What an endpoint can do at the moment.
struct endpoint_conditions {
    std::optional<bool> ready;
    std::optional<bool> serving;
    std::optional<bool> terminating;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(endpoint_conditions, "io.k8s.api.discovery.v1.EndpointConditions", (ready, .number = 1),
                   (serving, .number = 2), (terminating, .number = 3))
};

/// A zone whose clients should use an endpoint.
struct for_zone {
    std::string name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(for_zone, "io.k8s.api.discovery.v1.ForZone",
                   (name, .required = true, .always = true, .number = 1))
};

/// A node whose clients should use an endpoint.
struct for_node {
    std::string name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(for_node, "io.k8s.api.discovery.v1.ForNode",
                   (name, .required = true, .always = true, .number = 1))
};

/// Who should use an endpoint.
struct endpoint_hints {
    object::list<for_zone> for_zones;
    object::list<for_node> for_nodes;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(endpoint_hints, "io.k8s.api.discovery.v1.EndpointHints",
                   (for_zones, .topology = object::merge_topology::atomic, .max_size = 8, .number = 1),
                   (for_nodes, .topology = object::merge_topology::atomic, .max_size = 8, .number = 2))
};

/// A backend.
struct endpoint {
    std::vector<std::string> addresses;
    endpoint_conditions conditions;
    object::boxed<std::string> hostname;
    object::boxed<object_reference> target_ref;
    object::string_map deprecated_topology;
    object::boxed<std::string> node_name;
    object::boxed<std::string> zone;
    object::boxed<endpoint_hints> hints;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(endpoint, "io.k8s.api.discovery.v1.Endpoint",
                   (addresses, .required = true, .always = true, .topology = object::merge_topology::set,
                    .max_size = 100, .number = 1),
                   (conditions, .always = true, .number = 2), (hostname, .number = 3),
                   (target_ref, .number = 4), (deprecated_topology, .max_size = 16, .number = 5),
                   (node_name, .number = 6), (zone, .number = 7), (hints, .number = 8))
};

/// A port of all endpoints of a slice.
struct slice_port {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    object::boxed<std::string> name;
    object::boxed<std::string> protocol;
    std::optional<std::int32_t> port; ///< absent: all
    object::boxed<std::string> app_protocol;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(slice_port, "io.k8s.api.discovery.v1.EndpointPort",
                   (name, .fallback = "\"\"", .number = 1),
                   (protocol, .quiet = true, .values = "SCTP,TCP,UDP", .fallback = "\"TCP\"", .number = 2),
                   (port, .number = 3), (app_protocol, .number = 4))
};

/// Some of the endpoints of a service.
struct endpoint_slice {
    static constexpr object::resource_name resource{
        "discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", "endpointslice", true};

    object::meta metadata;
    std::string address_type;
    object::list<endpoint> endpoints;
    object::list<slice_port> ports;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(endpoint_slice, "io.k8s.api.discovery.v1.EndpointSlice",
                   (metadata, .always = true, .number = 1),
                   (address_type, .required = true, .always = true, .immutable = true,
                    .values = "FQDN,IPv4,IPv6", .number = 4),
                   (endpoints, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .max_size = 1000, .number = 2),
                   (ports, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .max_size = 20000, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/discovery/endpoint_slice/type.ipp>
#endif
