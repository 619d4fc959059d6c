#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/default_preemption.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/plugins/default_preemption.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace berth::kube::plugins::detail {

/// When a pod began to run; one that has not begun counts as the newest.
inline auto start_of(pod_info const& p) -> std::int64_t {
    auto const& t = p.value->status.start_time;
    return t ? t->unix_seconds : std::numeric_limits<std::int64_t>::max();
}

/// Greater priority, then the longer run.
inline auto more_important(pod_handle const& a, pod_handle const& b) -> bool {
    return a->priority() != b->priority() ? a->priority() > b->priority() : start_of(*a) < start_of(*b);
}

/// Who leaves because of a preemption already.
inline auto is_leaving_for_others(pod const& p) -> bool {
    auto const* const c = object::find_condition(p.status.conditions, "DisruptionTarget");
    return p.metadata.deleting() && c != nullptr && c->status == "True" &&
           c->reason == "PreemptionByScheduler";
}

/// Divides pods, the most important first, into those whose budgets would be violated and the others. The
/// more important ones use up what a budget allows.
inline auto by_budgets(std::vector<pod_handle> const& pods, catalogue const& c)
    -> std::pair<std::vector<pod_handle>, std::vector<pod_handle>> {
    auto left = std::map<pod_disruption_budget const*, std::int64_t>();
    auto out = std::pair<std::vector<pod_handle>, std::vector<pod_handle>>();
    for (auto const& p : pods) {
        auto const& m = p->value->metadata;
        auto violated = false;
        if (!m.labels.empty()) {
            for (auto const* const b : c.budgets.selecting(m.namespace_, m.labels)) {
                if (b->status.disrupted_pods.contains(m.name)) continue;
                auto const at = left.try_emplace(b, b->status.disruptions_allowed).first;
                violated = --at->second < 0 || violated;
            }
        }
        (violated ? out.first : out.second).push_back(p);
    }
    return out;
}

BERTH_DECL auto never_preempts(pod_info const& p) -> bool {
    auto const& policy = p.spec().preemption_policy;
    return policy && *policy == "Never";
}

BERTH_DECL auto node_being_left(pod_info const& p, std::span<node_info const> nodes)
    -> std::optional<std::size_t> {
    auto const& nominated = p.value->status.nominated_node_name;
    if (nominated.empty()) return std::nullopt;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].name() != nominated) continue;
        for (auto const& other : nodes[i].pods)
            if (other->priority() < p.priority() && is_leaving_for_others(*other->value)) return i;
    }
    return std::nullopt;
}

BERTH_DECL auto candidate_on(std::size_t at, pod_info const& p, node_info const& n, room_question const& ask)
    -> std::expected<preemption_candidate, schedule::verdict> {
    auto const nobody = [] { return schedule::rule_out("No preemption victims found for incoming pod"); };
    auto lesser = std::vector<pod_handle>();
    for (auto const& other : n.pods)
        if (other->priority() < p.priority()) lesser.push_back(other);
    if (lesser.empty()) return std::unexpected(nobody());
    auto emptied = without(n, lesser);
    if (auto says = ask(at, emptied); !says.accepted()) return std::unexpected(std::move(says));
    std::stable_sort(lesser.begin(), lesser.end(), more_important);
    auto const [violating, others] = by_budgets(lesser, *p.catalogue);
    auto out = preemption_candidate{at, {}, 0};
    auto const reprieve = [&](pod_handle const& other) {
        emptied.add(other);
        if (ask(at, emptied).accepted()) return true;
        emptied.remove(*other);
        out.victims.push_back(other);
        return false;
    };
    for (auto const& other : violating) out.violations += reprieve(other) ? 0 : 1;
    for (auto const& other : others) reprieve(other);
    if (out.victims.empty()) return std::unexpected(nobody());
    std::stable_sort(out.victims.begin(), out.victims.end(), more_important);
    return out;
}

} // namespace berth::kube::plugins::detail

namespace berth::kube::plugins {

BERTH_DECL auto cost_of(preemption_candidate const& c) -> preemption_cost {
    constexpr auto shift = std::int64_t{1} << 31U;
    auto out = preemption_cost{.violations = c.violations,
                               .greatest = c.victims.front()->priority(),
                               .sum = 0,
                               .victims = c.victims.size(),
                               .minus_start = 0};
    auto earliest = std::numeric_limits<std::int64_t>::max();
    for (auto const& v : c.victims) {
        out.sum += v->priority() + shift;
        if (v->priority() == out.greatest) earliest = std::min(earliest, detail::start_of(*v));
    }
    out.minus_start = -earliest;
    return out;
}

BERTH_DECL auto search_room(pod_info const& p, std::span<node_info const> nodes, schedule::refusal const& why,
                            room_question const& ask, std::size_t enough) -> preemption_search {
    auto out = preemption_search();
    out.elsewhere.nodes = why.nodes;
    auto harmless = false;
    for (auto const& r : why.refused) {
        if (harmless && out.candidates.size() >= enough) break;
        auto found = r.says.how() == schedule::grade::rejected
                         ? detail::candidate_on(r.node, p, nodes[r.node], ask)
                         : std::unexpected(schedule::rule_out("Preemption is not helpful for scheduling"));
        if (!found) {
            out.elsewhere.refused.push_back({r.node, "DefaultPreemption", std::move(found.error())});
            continue;
        }
        harmless = harmless || found->violations == 0;
        out.candidates.push_back(*std::move(found));
    }
    return out;
}

BERTH_DECL auto best_candidates(std::span<preemption_candidate const> all) -> std::vector<std::size_t> {
    auto out = std::vector<std::size_t>();
    auto least = preemption_cost();
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const cost = cost_of(all[i]);
        if (!out.empty() && cost > least) continue;
        if (out.empty() || cost < least) {
            out.clear();
            least = cost;
        }
        out.push_back(i);
    }
    return out;
}

} // namespace berth::kube::plugins
