#pragma once

/// \file
/// The bodies of `berth/kube/schedule/decision.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/decision.hpp>
#include <berth/schedule/contest.hpp>

#include <utility>

namespace berth::kube {

BERTH_TABLE(decision_refusal);
BERTH_TABLE(decision_points);
BERTH_TABLE(decision_node);
BERTH_TABLE(decision_margin);
BERTH_TABLE(decision_advice);
BERTH_TABLE(decision);

} // namespace berth::kube

namespace berth::kube::detail {

inline auto refusal_of(schedule::filter_refusal const& r) -> decision_refusal {
    auto out = decision_refusal();
    out.plugin = r.filter;
    out.grade = r.says.how() == schedule::grade::ruled_out ? "UnschedulableAndUnresolvable" : "Unschedulable";
    for (std::size_t i = 0; i < r.says.reason_count(); ++i) out.reasons.emplace_back(r.says.reason(i));
    return out;
}

inline auto node_of(schedule::explanation const& a, schedule::node_explanation const& n, std::string name)
    -> decision_node {
    auto out = decision_node();
    out.name = std::move(name);
    out.accepted = n.says.accepted();
    out.total = n.total;
    for (std::size_t i = 0; i < n.columns.size(); ++i) {
        auto& p = out.points.emplace_back();
        p.plugin = a.leaves[i];
        p.weight = a.weights[i];
        p.raw = n.raw[i] == n.raw[i] ? n.raw[i] : 0; // who takes no part is not a number
        p.normalised = n.normalised[i];
        p.weighted = n.columns[i];
    }
    for (auto const& r : n.all_refusals) out.refusals.push_back(refusal_of(r));
    return out;
}

inline auto tell_contest(decision& out, schedule::explanation const& a, std::span<node_info const> nodes)
    -> void {
    auto const c = schedule::contest_of(a);
    if (!c) return;
    out.chosen = nodes[c->winner].name();
    if (c->runner_up) out.runner_up = nodes[*c->runner_up].name();
    out.margin = c->margin;
    for (auto const n : c->equals) out.equals.push_back(nodes[n].name());
    for (auto const& l : c->leaves) {
        auto& m = out.margins.emplace_back();
        m.plugin = a.leaves[l.leaf];
        m.ahead = l.ahead;
        m.decisive = l.decisive;
    }
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto decision_of(pod_info const& p, std::span<node_info const> nodes,
                            schedule::explanation const& account, schedule::advice<remedy> const& advice)
    -> decision {
    auto out = decision();
    out.pod = p.value->metadata.namespace_ + "/" + p.value->metadata.name;
    out.policy = account.policy;
    detail::tell_contest(out, account, nodes);
    if (account.room) {
        out.room = nodes[account.room->node].name();
        out.victims = account.room->victims;
    }
    for (auto const& n : account.nodes)
        out.nodes.push_back(detail::node_of(account, n, nodes[n.node].name()));
    for (auto const& g : schedule::group(advice)) {
        auto& a = out.advice.emplace_back();
        a.text = g.text();
        auto const& first = g.nodes.front();
        a.complete = first.complete();
        for (auto const& n : g.nodes) a.nodes.push_back(nodes[n.node].name());
        for (auto const& c : first.changes) a.changes.push_back(c);
        a.helpless = first.helpless;
    }
    return out;
}

} // namespace berth::kube
