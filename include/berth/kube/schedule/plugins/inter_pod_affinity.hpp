#pragma once

/// \file
/// Which pods a pod must be with, must not be with, and wants to be with (kubernetes 1.36,
/// `interpodaffinity`).

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/plugins/detail/company_trackers.hpp>
#include <berth/kube/schedule/plugins/detail/topology_counts.hpp>
#include <berth/kube/schedule/pod_changes.hpp>
#include <berth/kube/schedule/pod_terms.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/normalize.hpp>
#include <berth/schedule/score.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube::plugins {

/// Required affinity and anti-affinity: the pod's own, and that of the pods that are there against it.
struct required_company {
    static constexpr std::string_view name = "InterPodAffinity";
    using reads = schedule::reads<facets::labels>;
    using surveys = schedule::surveys<facets::labels, &node_info::pods, facets::namespaces>;

    struct state {
        std::shared_ptr<pod_terms const> own;     ///< the pod's terms with namespaces by name
        detail::topology_tally against;           ///< pods there that exclude this one
        detail::topology_tally wanted;            ///< pods that match all required terms
        detail::topology_tally unwanted;          ///< pods that match an excluding term
        bool first_of_its_kind_may_begin = false; ///< the pod matches all that it requires
    };

    /// Counts by domain. Takes no part where nobody requires or excludes anything.
    auto prepare(pod_info const& p, std::span<node_info const> nodes) const -> std::optional<state>;
    auto advance(std::optional<state> s, pod_info const& p, schedule::change<node_info> const& what) const
        -> std::optional<state>;
    auto operator()(pod_info const& p, node_info const& n, state const& s) const -> schedule::verdict;
    [[nodiscard]] auto track(pod_info const& p, std::span<node_info const> nodes) const
        -> detail::required_company_tracker {
        return {p, nodes};
    }
    /// Terms that are dropped, or pods of the node that leave.
    [[nodiscard]] auto remedies(pod_info const& p, node_info const& n, state const& s) const
        -> std::vector<remedy>;

    /// A node that comes helps if it is in a domain of a required term.
    [[nodiscard]] auto helped_by(pod_info const& p, schedule::arrived<node_info> const& c) const -> bool;
    /// A pod that comes helps if it is required, or was in the way before.
    [[nodiscard]] auto helped_by(pod_info const& p, pod_came const& c) const -> bool;
    /// One that leaves, if it was in the way; or was required, as then the pod may be the first of its kind.
    [[nodiscard]] auto helped_by(pod_info const& p, pod_went const& c) const -> bool;
};

/// Preferred affinity and anti-affinity in both directions: the weights of the terms that match in a node's
/// domains.
struct preferred_company {
    static constexpr std::string_view name = "InterPodAffinity";
    using reads = schedule::reads<facets::labels>;
    using surveys = required_company::surveys;

    std::int64_t hard_weight = 1; ///< of a term by which a pod that is there requires this one; 0 to 100
    bool ignore_preferences_of_others = false; ///< for pods without preferences of their own

    /// Weights by topology key and domain.
    using state = std::vector<std::pair<std::string, detail::by_text<std::int64_t>>>;

    /// Takes no part where no term matches.
    auto prepare(pod_info const& p, std::span<node_info const> nodes) const -> std::optional<state>;
    auto operator()(pod_info const& p, node_info const& n, state const& s) const -> schedule::points;
    static auto normalize(std::span<schedule::points> column) -> void;
    [[nodiscard]] static auto normalize_at(schedule::points p, schedule::extremes const& e)
        -> schedule::points;
    [[nodiscard]] auto track(pod_info const& p, std::span<node_info const> nodes) const
        -> detail::preferred_company_tracker {
        return {p, nodes, hard_weight, ignore_preferences_of_others};
    }
};

inline constexpr auto inter_pod_affinity = schedule::filter<required_company>({});
inline constexpr auto inter_pod_affinity_score = schedule::score<preferred_company>({});

namespace detail {

/// All required terms have a match in the node's domains; or nobody matches them yet, and the pod is the
/// first of a series that requires itself.
[[nodiscard]] BERTH_DECL auto has_company(required_company::state const& s, node const& n) -> bool;

} // namespace detail
} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/inter_pod_affinity.ipp>
#endif
