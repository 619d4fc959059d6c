#pragma once

/// \file
/// Room made by evicting less important pods (kubernetes 1.36, `defaultpreemption` and
/// `framework/preemption`).

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/eviction.hpp>
#include <berth/schedule/refusal.hpp>

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace berth::kube::plugins {

/// A node where a pod would fit if some left.
struct preemption_candidate {
    std::size_t node = 0;
    std::vector<pod_handle> victims; ///< the most important first
    std::size_t violations = 0;      ///< victims whose disruption budget does not allow it
};

/// Whether a node would do with other pods: `what_if` without its type.
class room_question {
public:
    template <class Ask>
    explicit room_question(Ask const& ask)
        : ask_(&ask), call_([](void const* self, std::size_t node, node_info const& as) {
              return (*static_cast<Ask const*>(self))(node, as).accepted();
          }) {}

    auto operator()(std::size_t node, node_info const& as) const -> bool { return call_(ask_, node, as); }

private:
    void const* ask_;
    bool (*call_)(void const*, std::size_t, node_info const&);
};

/// Whether a pod may have others evicted: its policy allows it, and nobody is leaving its nominated node for
/// it already.
[[nodiscard]] BERTH_DECL auto may_preempt(pod_info const& p, std::span<node_info const> nodes,
                                          schedule::refusal const& why) -> bool;

/// The nodes where evictions help, in the nodes' order, until there are `enough` (one of them without
/// violations). Only nodes that rejected the pod are asked, not those that are ruled out. On each, all less
/// important pods leave, then as many as can come back: first those whose budgets are at stake, the more
/// important ones first.
[[nodiscard]] BERTH_DECL auto
preemption_candidates(pod_info const& p, std::span<node_info const> nodes, schedule::refusal const& why,
                      room_question const& fits, std::size_t enough = std::numeric_limits<std::size_t>::max())
    -> std::vector<preemption_candidate>;

/// The best candidates, which differ in nothing that counts: the fewest violations, then the least important
/// first victim, the smallest sum of priorities, the fewest victims, the latest start of the first victims.
/// Their positions, ascending.
[[nodiscard]] BERTH_DECL auto best_candidates(std::span<preemption_candidate const> all)
    -> std::vector<std::size_t>;

/// `.preempt` of a profile: the first of the best candidates.
struct make_room {
    std::size_t least_percent = 10; ///< of the nodes that rejected the pod, so many are candidates at least
    std::size_t least_count = 100;

    template <class Ask>
    auto operator()(pod_info const& p, std::span<node_info const> nodes, schedule::refusal const& why,
                    Ask const& ask) const -> std::optional<schedule::eviction<pod_handle>> {
        return choose(p, nodes, why, room_question(ask));
    }

private:
    [[nodiscard]] auto choose(pod_info const& p, std::span<node_info const> nodes,
                              schedule::refusal const& why, room_question const& fits) const
        -> std::optional<schedule::eviction<pod_handle>>;
};

inline constexpr auto default_preemption = make_room{};

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/default_preemption.ipp>
#endif
