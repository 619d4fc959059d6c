#pragma once

/// \file
/// What would become of pods: how many more fit, and whether a node can be drained. All of it on copies; the
/// cluster is not touched.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/forecast.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube {

/// The `i`-th of pods like this one: bound to no node, with a name and a uid of its own.
[[nodiscard]] BERTH_DECL auto replica_of(pod_info const& p, std::size_t i) -> pod_info;

/// How many pods like this one fit, up to `most`, each placed with the ones before in place; see
/// `schedule::how_many_fit`.
template <class Profile>
[[nodiscard]] auto how_many_fit(pod_info const& p, std::span<node_info const> nodes, Profile const& profile,
                                std::size_t most = schedule::unlimited) -> schedule::fitting {
    return schedule::how_many_fit<facets::pod_books>(
        replica_of(p, 0), std::vector<node_info>(nodes.begin(), nodes.end()), profile, most,
        [&](pod_info const&, node_info& n, std::size_t i) { n.add(replica_of(p, i + 1)); });
}

/// What stands against the eviction of a pod.
struct possible_departure {
    pod_handle pod;
    bool ignored = false; ///< its node is where it belongs: a daemon's pod, or a static one
    std::string obstacle; ///< why it may not be evicted; empty if it may

    [[nodiscard]] auto allowed() const -> bool { return !ignored && obstacle.empty(); }
};

/// How a node is drained.
struct drain_options {
    bool force = false; ///< pods that no controller would make again may go too
};

/// Which pods of a node may be evicted, one after the other in this order: disruption budgets are used up by
/// those before (kubernetes 1.36, `registry/core/pod/storage/eviction.go`; kubectl 1.36, `drain/filters.go`).
[[nodiscard]] BERTH_DECL auto possible_departures(std::span<pod_handle const> in_order, catalogue const& all,
                                                  drain_options how = {}) -> std::vector<possible_departure>;

/// Where one pod of a drained node would go.
struct drained_pod {
    pod_handle pod;
    bool ignored = false;          ///< it stays, and that does not matter
    std::optional<std::size_t> to; ///< index of the node
    std::string why_not; ///< if it neither is ignored nor goes: what keeps it, or why nobody takes it
};

/// What draining a node would bring.
struct drain_forecast {
    std::size_t node = 0;
    std::vector<drained_pod> pods; ///< in the order in which they would go

    /// Whether all that have to go can go.
    [[nodiscard]] auto possible() const -> bool {
        for (auto const& p : pods)
            if (!p.ignored && !p.to) return false;
        return true;
    }
};

namespace detail {

/// Those of a node by priority, the older and then the lower name first.
BERTH_DECL auto pods_to_drain(node_info const& n) -> std::vector<pod_handle>;

} // namespace detail

/// Where the pods of a node would go if it were drained: those that may be evicted are placed on the other
/// nodes by the profile, the most important first, each with those before in place. Costs one placement a
/// pod. Where there are several profiles, `lane_of(pod)` is the place of a pod's own; see
/// `schedule::relocate`.
template <class Profile, class LaneOf = schedule::detail::first_lane>
[[nodiscard]] auto forecast_drain(std::span<node_info const> nodes, std::size_t node, catalogue const& all,
                                  Profile const& profile, drain_options how = {}, LaneOf lane_of = {})
    -> drain_forecast {
    auto out = drain_forecast{node, {}};
    auto going = std::vector<pod_info>();
    auto rows = std::vector<std::size_t>();
    for (auto& d : possible_departures(detail::pods_to_drain(nodes[node]), all, how)) {
        if (d.allowed()) {
            rows.push_back(out.pods.size());
            going.push_back(replica_of(*d.pod, 0));
        }
        out.pods.push_back({std::move(d.pod), d.ignored, std::nullopt, std::move(d.obstacle)});
    }
    auto copy = std::vector<node_info>(nodes.begin(), nodes.end());
    for (auto const i : rows) copy[node].remove(*out.pods[i].pod);
    for (auto const& p : going) copy[node].add(p);
    auto const moves = schedule::relocate(
        going, copy, node, profile, [](pod_info const& p, node_info& n) { n.remove(p); },
        [](pod_info const& p, node_info& n) { n.add(p); }, std::move(lane_of));
    for (auto const& m : moves) {
        auto& row = out.pods[rows[m.task]];
        if (m.where) row.to = m.where->node;
        else row.why_not = m.where.error().summary();
    }
    return out;
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/forecast.ipp>
#endif
