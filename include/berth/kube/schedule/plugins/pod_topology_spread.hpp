#pragma once

/// \file
/// Pods spread evenly over topology domains (kubernetes 1.36, `podtopologyspread`).

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/plugins/detail/spread_constraints.hpp>
#include <berth/kube/schedule/plugins/detail/spread_trackers.hpp>
#include <berth/kube/schedule/plugins/detail/topology_counts.hpp>
#include <berth/kube/schedule/pod_changes.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/score.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace berth::kube::plugins {

/// No domain may have more matching pods than the one with the fewest, beyond the skew.
struct required_spread {
    static constexpr std::string_view name = "PodTopologySpread";
    using reads = schedule::reads<facets::labels>;
    using surveys = schedule::surveys<facets::labels, facets::name, facets::taints, &node_info::pods,
                                      facets::services, facets::replica_sets>;

    default_spreading defaults{};

    struct state {
        std::shared_ptr<detail::spreads const> constraints;
        std::vector<detail::domain_counts> counts; ///< one for each constraint
    };

    /// Counts the matching pods by domain. Takes no part for a pod without constraints.
    auto prepare(pod_info const& p, std::span<node_info const> nodes) const -> std::optional<state>;
    /// Where the change is only supposed, pods that come and go count as the original has it: those on their
    /// way out too, and those of an empty selector.
    auto advance(std::optional<state> s, pod_info const& p, schedule::change<node_info> const& what) const
        -> std::optional<state>;
    auto operator()(pod_info const& p, node_info const& n, state const& s) const -> schedule::verdict;
    [[nodiscard]] auto track(pod_info const& p, std::span<node_info const> nodes) const
        -> detail::required_spread_tracker {
        return {p, defaults, nodes};
    }
    /// A label that lacks, or a greater skew of the pod's own constraints.
    [[nodiscard]] auto remedies(pod_info const& p, node_info const& n, state const& s) const
        -> std::vector<remedy>;

    /// A pod that comes, changes or goes helps if it is or was counted.
    [[nodiscard]] auto helped_by(pod_info const& p, pod_came const& c) const -> bool;
    [[nodiscard]] auto helped_by(pod_info const& p, pod_went const& c) const -> bool;
    /// A node that comes or goes, if it has all keys.
    [[nodiscard]] auto helped_by(pod_info const& p, schedule::arrived<node_info> const& c) const -> bool;
    [[nodiscard]] auto helped_by(pod_info const& p, schedule::departed<node_info> const& c) const -> bool;
};

/// The fewer matching pods a node's domains have, the better; keys with many domains weigh more.
struct preferred_spread {
    static constexpr std::string_view name = "PodTopologySpread";
    using reads = schedule::reads<facets::labels, &node_info::pods>;
    using surveys = required_spread::surveys;

    default_spreading defaults{};

    struct state {
        detail::spreads constraints;
        std::vector<detail::by_text<std::int64_t>> counts; ///< by domain, one for each constraint
        /// Of each constraint that is about hosts: the matching pods of each candidate.
        std::vector<std::vector<std::int64_t>> by_host;
        std::vector<double> weights;
        bool needs_all_keys = true; ///< a node without one of the keys gets nothing
    };

    auto prepare(pod_info const& p, schedule::candidates<node_info> found) const -> std::optional<state>;
    auto operator()(pod_info const& p, schedule::candidates<node_info> const& found,
                    std::span<schedule::points> column, state const& s) const -> void;
    /// Nodes that get no points are not a number before.
    static auto normalize(std::span<schedule::points> column) -> void;
    [[nodiscard]] static auto normalize_at(schedule::points p, schedule::extremes const& e)
        -> schedule::points {
        return detail::turned_over(p, e);
    }
    [[nodiscard]] auto track(pod_info const& p, std::span<node_info const> nodes) const
        -> detail::preferred_spread_tracker {
        return {p, defaults, nodes};
    }
};

inline constexpr auto pod_topology_spread = schedule::filter<required_spread>({});
inline constexpr auto pod_topology_spread_score = schedule::score<preferred_spread>({});

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/pod_topology_spread.ipp>
#endif
