#pragma once

/// \file
/// Which nodes a pod needs, and which it prefers (kubernetes 1.36, `nodeaffinity`).

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/plugins/normalize.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/score.hpp>

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace berth::kube::plugins {

/// Where all terms of a required affinity name their nodes, no other node is looked at. Stands first in a
/// profile: what it keeps out has no further reason.
struct named_nodes {
    static constexpr std::string_view name = "NodeAffinity";
    using reads = schedule::reads<facets::name>;

    /// The names, if the pod gives any.
    using names = std::optional<std::vector<std::string>>;

    auto prepare(pod_info const& p) const -> std::expected<names, schedule::verdict>;
    auto operator()(pod_info const& p, node_info const& n, names const& allowed) const -> schedule::verdict;
};

/// Node selectors and required node affinity.
struct required_nodes {
    static constexpr std::string_view name = "NodeAffinity";
    using reads = schedule::reads<facets::labels, facets::name>;

    kube::node_affinity const* added = nullptr; ///< what every pod needs beside its own; must outlive this

    auto operator()(pod_info const& p, node_info const& n) const -> schedule::verdict;
    /// The labels of the term that lacks the fewest.
    [[nodiscard]] auto remedies(pod_info const& p, node_info const& n) const -> std::vector<remedy>;
};

/// Preferred node affinity: the sum of the weights of the terms that a node matches.
struct preferred_nodes {
    static constexpr std::string_view name = "NodeAffinity";
    using reads = schedule::reads<facets::labels, facets::name>;

    kube::node_affinity const* added = nullptr; ///< what every pod prefers beside its own; must outlive this

    struct preferences {};

    /// Takes no part where nothing is preferred.
    auto prepare(pod_info const& p) const -> std::optional<preferences>;
    auto operator()(pod_info const& p, node_info const& n, preferences const&) const -> schedule::points;
    static auto normalize(std::span<schedule::points> column) -> void { by_greatest{}(column); }
    [[nodiscard]] static auto normalize_at(schedule::points p, schedule::extremes const& e)
        -> schedule::points {
        return by_greatest{}.at(p, e);
    }
};

inline constexpr auto node_affinity_names = schedule::filter<named_nodes>({});
inline constexpr auto node_affinity = schedule::filter<required_nodes>({});
inline constexpr auto node_affinity_score = schedule::score<preferred_nodes>({});

namespace detail {

/// What a pod says of nodes; null if it says nothing.
[[nodiscard]] BERTH_DECL auto affinity_of(pod_info const& p) -> kube::node_affinity const*;

} // namespace detail
} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/node_affinity.ipp>
#endif
