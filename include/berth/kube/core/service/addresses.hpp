#pragma once

/// \file
/// What services get without asking, and keep (kubernetes 1.36, `pkg/registry/core/service/storage`,
/// `pkg/registry/core/service/strategy.go`): families of addresses, and what an update leaves out or has no
/// more use for. The cluster has addresses of IPv4 alone.

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/service/type.hpp>

namespace berth::kube {

/// Whether a service has ports on nodes.
[[nodiscard]] BERTH_DECL auto has_node_ports(service_spec const& s) -> bool;

/// Brings `clusterIP` and `clusterIPs` of a service into line as far as old clients, who know only the first,
/// may leave the other out. `before`: the service as it was; null if it is new. An update that leaves
/// addresses and ports out keeps those that the service has.
BERTH_DECL auto adopt_addresses(service& now, service const* before) -> void;

/// Fills in the families of a service's addresses and how many it is to have, and refuses what this cluster
/// cannot give; nothing else is looked at then. A service that selects nothing and has no address of its own
/// may have both families anywhere. `before`: see `adopt_addresses`.
BERTH_DECL auto settle_families(service& now, service const* before, api::field_errors& errors) -> void;

/// Takes away what a service of another type has no use for, where the update did not change it as well: then
/// it is a mistake, for validation to tell.
BERTH_DECL auto drop_idle_members(service& now, service const& before) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service/addresses.ipp>
#endif
