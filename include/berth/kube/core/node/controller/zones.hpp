#pragma once

/// \file
/// How fast nodes are given up: by zones, and by how many of their nodes are ready (kubernetes 1.36,
/// `pkg/controller/nodelifecycle`, `ComputeZoneState`, `handleDisruption`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller/taints.hpp>
#include <berth/reconcile/world.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace berth::kube {

/// How many nodes are given up in a second, in each zone.
struct eviction_rates {
    double normal = 0.1;
    double large_disrupted = 0.01; ///< in a large zone where many nodes are not ready; in a small one none
    double unhealthy = 0.55;       ///< this part of the nodes counts as many, where it is more than two
    std::size_t large = 50;        ///< a zone with more nodes than this is large
};

/// How the nodes of a zone are.
struct zone_health {
    std::size_t ready = 0;
    std::size_t not_ready = 0;

    /// How many of its nodes are given up in a second.
    [[nodiscard]] auto rate(eviction_rates const& rates) const -> double;
};

/// Whether the `Ready` condition of a node is true.
[[nodiscard]] BERTH_DECL auto is_ready(node const& n) -> bool;

/// The region and zone of a node by its labels; the same text for all nodes that name neither.
[[nodiscard]] BERTH_DECL auto zone_of(node const& n) -> std::string;

/// The index of nodes by their readiness, in their zone and altogether.
[[nodiscard]] BERTH_DECL auto readiness_index() -> reconcile::index;

[[nodiscard]] BERTH_DECL auto health_of_zone(reconcile::snapshot const& world, std::string const& zone)
    -> zone_health;

/// Whether pods are driven off a node that is not ready, and when it is its turn, if it only has to wait for
/// others.
struct eviction_turn {
    eviction_allowance now = eviction_allowance::allowed;
    std::optional<time_point> due = {};
};

/// The turn of a node that is not ready: suspended while no node is ready anywhere, put off while its zone is
/// disrupted or others have been unwell for longer. Linear in the nodes of the zone that are not ready; wants
/// `readiness_index`.
[[nodiscard]] BERTH_DECL auto turn_of(reconcile::snapshot const& world, node const& n,
                                      eviction_rates const& rates) -> eviction_turn;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/controller/zones.ipp>
#endif
