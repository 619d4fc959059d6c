#pragma once

/// \file
/// Endpoints: where a service is (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/reference.hpp>

namespace berth::kube {

/// An address of a service.
struct endpoint_address {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string ip;
    std::string hostname;
    object::boxed<std::string> node_name;
    object::boxed<object_reference> target_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(endpoint_address, "io.k8s.api.core.v1.EndpointAddress",
                   (ip, .required = true, .always = true, .number = 1), (hostname, .number = 3),
                   (node_name, .number = 4), (target_ref, .number = 2))
};

/// A port of a service.
struct endpoint_port {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string name;
    std::int32_t port = 0;
    std::string protocol;
    object::boxed<std::string> app_protocol;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(endpoint_port, "io.k8s.api.core.v1.EndpointPort", (name, .number = 1),
                   (port, .required = true, .always = true, .minimum = 1, .maximum = 65535, .number = 2),
                   (protocol, .values = "SCTP,TCP,UDP", .fallback = "\"TCP\"", .number = 3),
                   (app_protocol, .number = 4))
};

/// Addresses that have the same ports.
struct endpoint_subset {
    object::list<endpoint_address> addresses;
    object::list<endpoint_address> not_ready_addresses;
    object::list<endpoint_port> ports;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(endpoint_subset, "io.k8s.api.core.v1.EndpointSubset",
                   (addresses, .topology = object::merge_topology::atomic, .number = 1),
                   (not_ready_addresses, .topology = object::merge_topology::atomic, .number = 2),
                   (ports, .topology = object::merge_topology::atomic, .number = 3))
};

/// Where a service of the same name is.
struct endpoints {
    static constexpr object::resource_name resource{"", "v1", "Endpoints", "endpoints", "endpoints", true};

    object::meta metadata;
    object::list<endpoint_subset> subsets;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(endpoints, "io.k8s.api.core.v1.Endpoints", (metadata, .always = true, .number = 1),
                   (subsets, .topology = object::merge_topology::atomic, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/endpoints/type.ipp>
#endif
