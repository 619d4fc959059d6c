#pragma once

/// \file
/// Room made by evicting less important pods (kubernetes 1.36, `defaultpreemption` and
/// `framework/preemption`).

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/eviction.hpp>
#include <berth/schedule/refusal.hpp>
#include <berth/schedule/room.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube::plugins {

/// A node where a pod would fit if some left.
struct preemption_candidate {
    std::size_t node = 0;
    std::vector<pod_handle> victims; ///< the most important first
    std::size_t violations = 0;      ///< victims whose disruption budget does not allow it
};

/// What a candidate costs: first the violations, then the priority of the most important victim, the sum of
/// priorities, the number of victims; and the later the most important ones began, the better.
struct preemption_cost {
    std::size_t violations = 0;
    std::int64_t greatest = 0;
    std::int64_t sum = 0; ///< each priority raised by 2^31, so that a victim more is never better
    std::size_t victims = 0;
    std::int64_t minus_start = 0; ///< of the earliest of the most important ones, in Unix seconds

    friend auto operator<=>(preemption_cost const&, preemption_cost const&) = default;
};

[[nodiscard]] BERTH_DECL auto cost_of(preemption_candidate const& c) -> preemption_cost;

/// What a node says to a pod with other pods on it: `what_if` without its type.
class room_question {
public:
    template <class Ask>
    explicit room_question(Ask const& ask)
        : ask_(&ask), call_([](void const* self, std::size_t node, node_info const& as) {
              return (*static_cast<Ask const*>(self))(node, as);
          }) {}

    auto operator()(std::size_t node, node_info const& as) const -> schedule::verdict {
        return call_(ask_, node, as);
    }

private:
    void const* ask_;
    schedule::verdict (*call_)(void const*, std::size_t, node_info const&);
};

/// Where evictions help, and why they do not elsewhere.
struct preemption_search {
    std::vector<preemption_candidate> candidates; ///< in the nodes' order
    schedule::refusal elsewhere;                  ///< of the other nodes that were asked
};

namespace detail {

/// Whether the policy of a pod forbids that others leave for it.
[[nodiscard]] BERTH_DECL auto never_preempts(pod_info const& p) -> bool;
/// The node that is nominated for a pod, if somebody less important is leaving it because of a preemption.
/// Linear where one is nominated.
[[nodiscard]] BERTH_DECL auto node_being_left(pod_info const& p, std::span<node_info const> nodes)
    -> std::optional<std::size_t>;
/// The least eviction on one node, or why none helps.
[[nodiscard]] BERTH_DECL auto candidate_on(std::size_t at, pod_info const& p, node_info const& n,
                                           room_question const& ask)
    -> std::expected<preemption_candidate, schedule::verdict>;

} // namespace detail

/// Whether a pod may have others evicted: its policy allows it, and nobody is leaving its nominated node for
/// it already. `how(i)` is the grade of the refusal of a node. The error is a sentence for people.
template <class How>
[[nodiscard]] auto may_preempt(pod_info const& p, std::span<node_info const> nodes, How const& how)
    -> std::expected<void, std::string> {
    if (detail::never_preempts(p)) return std::unexpected("not eligible due to preemptionPolicy=Never.");
    auto const at = detail::node_being_left(p, nodes);
    if (at && how(*at) != schedule::grade::ruled_out)
        return std::unexpected("not eligible due to a terminating pod on the nominated node.");
    return {};
}

/// Asks the nodes in their order, until there are `enough` candidates (one of them without violations). Only
/// nodes that rejected the pod are asked, not those that are ruled out. On each, all less important pods
/// leave, then as many as can come back: first those whose budgets are at stake, the more important ones
/// first.
[[nodiscard]] BERTH_DECL auto search_room(pod_info const& p, std::span<node_info const> nodes,
                                          schedule::refusal const& why, room_question const& ask,
                                          std::size_t enough = std::numeric_limits<std::size_t>::max())
    -> preemption_search;

/// The best candidates, which differ in nothing that counts: the fewest violations, then the least important
/// first victim, the smallest sum of priorities, the fewest victims, the latest start of the first victims.
/// Their positions, ascending.
[[nodiscard]] BERTH_DECL auto best_candidates(std::span<preemption_candidate const> all)
    -> std::vector<std::size_t>;

/// Room on one node, for the `.preempt` of a profile: the first of the best candidates. The original begins
/// at a random node and ends when it has enough candidates; this begins at the first node.
struct make_room {
    using offer = schedule::offer<preemption_cost, pod_handle>;

    std::size_t least_percent = 10; ///< of the nodes that rejected the pod, so many candidates are enough,
    std::size_t least_count = 100;  ///< or so many, whichever is more
    bool on = true;                 ///< else nobody is asked to leave, and nothing is said of it

    template <class How>
    [[nodiscard]] auto may(pod_info const& p, std::span<node_info const> nodes, How const& how) const
        -> std::expected<void, std::string> {
        if (!on) return std::unexpected(std::string());
        return may_preempt(p, nodes, how);
    }
    [[nodiscard]] auto enough(std::size_t rejected) const -> std::size_t {
        return std::max(rejected * least_percent / 100, least_count);
    }
    [[nodiscard]] static auto harmless(preemption_cost const& c) -> bool { return c.violations == 0; }
    template <class Ask>
    [[nodiscard]] auto look(pod_info const& p, node_info const& n, Ask const& ask) const
        -> std::expected<offer, schedule::verdict> {
        auto const about = [&](std::size_t, node_info const& as) { return ask(as); };
        auto found = detail::candidate_on(0, p, n, room_question(about));
        if (!found) return std::unexpected(std::move(found.error()));
        auto const cost = cost_of(*found);
        return offer{cost, std::move(found->victims)};
    }
};

inline constexpr auto default_preemption = schedule::room_by_node{make_room{}};

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/default_preemption.ipp>
#endif
