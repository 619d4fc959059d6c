#pragma once

/// \file
/// The endpoints that a service should have (kubernetes 1.36, `k8s.io/endpointslice`, `podToEndpoint`,
/// `getEndpointPorts`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/service/backends.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/packing.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube::detail {

/// The label of a node that says where it is.
inline constexpr std::string_view slice_zone_label = "topology.kubernetes.io/zone";

} // namespace berth::kube::detail

namespace berth::kube {

/// Endpoints that have the same ports.
struct endpoint_group {
    object::list<slice_port> ports; ///< in the order of `sort_ports`
    endpoint_set endpoints;
};

/// The endpoints of one type of address, by `port_key`, and the pods that were left out because their nodes
/// are not known.
struct desired_endpoints {
    std::map<std::string, endpoint_group> groups;
    std::vector<reconcile::seen<pod>> without_node;
};

/// The types of addresses that a service has: those of its families; of an old one, that of its address;
/// both, if it has none.
[[nodiscard]] BERTH_DECL auto address_types_of(service const& s) -> std::vector<std::string_view>;

/// The labels of the slices of a service: its own, and those that tell whose they are.
[[nodiscard]] BERTH_DECL auto slice_labels(service const& s, std::string_view manager) -> object::string_map;

/// The endpoints that pods are for a service.
[[nodiscard]] BERTH_DECL auto desired_of(reconcile::snapshot const& world, service const& s,
                                         std::vector<reconcile::seen<pod>> const& pods,
                                         std::string_view address_type) -> desired_endpoints;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/discovery/endpoint_slice/controller/desired.ipp>
#endif
