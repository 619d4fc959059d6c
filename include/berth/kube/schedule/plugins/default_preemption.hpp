#pragma once

/// \file
/// Room made by evicting less important pods (kubernetes 1.36, `defaultpreemption` and
/// `framework/preemption`).

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/eviction.hpp>
#include <berth/schedule/refusal.hpp>

#include <cstddef>
#include <expected>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace berth::kube::plugins {

/// A node where a pod would fit if some left.
struct preemption_candidate {
    std::size_t node = 0;
    std::vector<pod_handle> victims; ///< the most important first
    std::size_t violations = 0;      ///< victims whose disruption budget does not allow it
};

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

/// Whether a pod may have others evicted: its policy allows it, and nobody is leaving its nominated node for
/// it already. The error is a sentence for people.
[[nodiscard]] BERTH_DECL auto may_preempt(pod_info const& p, std::span<node_info const> nodes,
                                          schedule::refusal const& why) -> std::expected<void, std::string>;

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

/// `.preempt` of a profile: the first of the best candidates. The original begins at a random node and ends
/// when it has enough candidates; this begins at the first node.
struct make_room {
    std::size_t least_percent = 10; ///< of the nodes that rejected the pod, so many candidates are enough,
    std::size_t least_count = 100;  ///< or so many, whichever is more

    /// The error is a sentence for people.
    template <class Ask>
    auto operator()(pod_info const& p, std::span<node_info const> nodes, schedule::refusal const& why,
                    Ask const& ask) const -> std::expected<schedule::eviction<pod_handle>, std::string> {
        return choose(p, nodes, why, room_question(ask));
    }

private:
    [[nodiscard]] auto choose(pod_info const& p, std::span<node_info const> nodes,
                              schedule::refusal const& why, room_question const& ask) const
        -> std::expected<schedule::eviction<pod_handle>, std::string>;
};

inline constexpr auto default_preemption = make_room{};

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/default_preemption.ipp>
#endif
