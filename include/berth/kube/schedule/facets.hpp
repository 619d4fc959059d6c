#pragma once

/// \file
/// What plugins read of a node, beside its members (`&node_info::requested` ...): see `schedule/facet.hpp`.

#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/leaf.hpp>

namespace berth::kube::facets {

/// The node's name.
inline constexpr auto name = [](node_info const& n) -> auto const& { return n.name(); };
/// Its labels.
inline constexpr auto labels = [](node_info const& n) -> auto const& { return n.value->metadata.labels; };
/// Its taints.
inline constexpr auto taints = [](node_info const& n) -> auto const& { return n.value->spec.taints; };
/// The images that it has.
inline constexpr auto images = [](node_info const& n) -> auto const& { return n.value->status.images; };
/// Whether it takes new pods.
inline constexpr auto cordoned = [](node_info const& n) { return n.value->spec.unschedulable; };
/// How many pods it has.
inline constexpr auto pod_count = [](node_info const& n) { return n.pods.size(); };

/// A kind of the catalogue. No two nodes differ in it: the shell tells of its changes.
template <object::kind_type T> inline constexpr auto kind = [](node_info const&) { return 0; };
inline constexpr auto namespaces = kind<namespace_>;
inline constexpr auto services = kind<service>;
inline constexpr auto replica_sets = kind<replica_set>;
inline constexpr auto volumes = kind<persistent_volume>;
inline constexpr auto claims = kind<persistent_volume_claim>;
inline constexpr auto storage_classes = kind<storage_class>;
inline constexpr auto csi_nodes = kind<csi_node>;
inline constexpr auto csi_drivers = kind<csi_driver>;
inline constexpr auto storage_capacities = kind<csi_storage_capacity>;

/// What of a node changes when a pod enters or leaves it.
using pod_books = schedule::reads<&node_info::pods, &node_info::with_terms, &node_info::requested,
                                  &node_info::load, &node_info::ports, pod_count>;

} // namespace berth::kube::facets
