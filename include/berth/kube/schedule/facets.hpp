#pragma once

/// \file
/// What plugins read of a node, beside its members (`&node_info::requested` ...): see `schedule/facet.hpp`.

#include <berth/kube/schedule/infos.hpp>

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

/// Kinds of the catalogue. No two nodes differ in them: the shell tells of their changes.
inline constexpr auto namespaces = [](node_info const&) { return 0; };
inline constexpr auto services = [](node_info const&) { return 0; };
inline constexpr auto replica_sets = [](node_info const&) { return 0; };
inline constexpr auto volumes = [](node_info const&) { return 0; };
inline constexpr auto claims = [](node_info const&) { return 0; };
inline constexpr auto storage_classes = [](node_info const&) { return 0; };
inline constexpr auto csi_nodes = [](node_info const&) { return 0; };
inline constexpr auto csi_drivers = [](node_info const&) { return 0; };
inline constexpr auto storage_capacities = [](node_info const&) { return 0; };

} // namespace berth::kube::facets
