#pragma once

/// \file
/// What the default profile decides in a case, in the form of a verdict.

#include "cluster.hpp"

#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/explain.hpp>

#include <string>
#include <utility>
#include <vector>

namespace scheduling_cases {

/// A pod on its way, and what became of it.
struct decision {
    schedule::explanation account;
    std::string message; ///< if it has no place
    std::vector<kube::plugins::preemption_candidate> candidates;
};

inline auto arguments_of(json::object const& c) -> kube::plugin_arguments {
    auto out = kube::plugin_arguments();
    auto const* const strategy = c.if_contains("fitStrategy");
    if (strategy == nullptr || *strategy == "LeastAllocated") return out;
    if (*strategy != "MostAllocated")
        throw std::runtime_error("an unknown fitStrategy: " + text_of(*strategy));
    out.use.strategy = kube::plugins::fit_strategy::most_allocated;
    return out;
}

/// Decides, and asks for all nodes whether evictions would help instead of choosing one.
inline auto decide(kube::pod_info const& p, cluster const& where, kube::plugin_arguments const& how)
    -> decision {
    namespace plugins = kube::plugins;
    auto out = decision();
    auto const base = kube::default_profile_with(how);
    auto const watching = [&](kube::pod_info const& of, std::span<kube::node_info const> nodes,
                              schedule::refusal const& why,
                              auto const& ask) -> std::optional<schedule::eviction<kube::pod_handle>> {
        out.message = why.summary();
        auto const grade_of = [&](std::size_t i) { return why.refused[i].says.how(); };
        if (plugins::may_preempt(of, nodes, grade_of))
            out.candidates = plugins::search_room(of, nodes, why, plugins::room_question(ask)).candidates;
        return {};
    };
    auto const profile = schedule::profile{.filter = base.filter, .preempt = watching, .score = base.score};
    out.account = schedule::explain(p, where.nodes(), profile);
    return out;
}

inline auto refusal_of(schedule::node_explanation const& n) -> json::value {
    auto reasons = json::array();
    for (std::size_t i = 0; i < n.says.reason_count(); ++i) {
        auto const text = n.says.reason(i);
        reasons.emplace_back(json::string_view(text.data(), text.size()));
    }
    auto const without_a_word = reasons.empty();
    return json::object{{"plugin", without_a_word ? "PreFilter" : n.filter},
                        {"code", n.says.how() == schedule::grade::rejected ? "Unschedulable"
                                                                           : "UnschedulableAndUnresolvable"},
                        {"reasons", without_a_word ? json::value() : json::value(std::move(reasons))}};
}

/// The weighted points by the names of the plugins.
inline auto scores_of(schedule::explanation const& account, schedule::node_explanation const& n)
    -> json::object {
    auto out = json::object();
    for (std::size_t i = 0; i < n.columns.size(); ++i) {
        auto name = account.leaves[i];
        if (auto const star = name.find("* "); star != std::string::npos) name.erase(0, star + 2);
        out[name] = n.columns[i];
    }
    return out;
}

inline auto victims_of(decision const& d, cluster const& where, json::object& out) -> void {
    if (d.candidates.empty()) return;
    auto victims = json::object();
    for (auto const& c : d.candidates) {
        auto pods = json::array();
        for (auto const& v : c.victims) pods.emplace_back(v->value->metadata.where().to_string());
        victims[where.nodes()[c.node].name()] =
            json::object{{"pods", std::move(pods)}, {"pdbViolations", c.violations}};
    }
    auto nominated = json::array();
    for (auto const i : kube::plugins::best_candidates(d.candidates))
        nominated.emplace_back(where.nodes()[d.candidates[i].node].name());
    out["victims"] = std::move(victims);
    out["nominated"] = std::move(nominated);
}

/// The verdict on one pod.
inline auto verdict_of(decision const& d, cluster const& where) -> json::object {
    auto feasible = json::array();
    auto rejected = json::object();
    auto scores = json::object();
    auto totals = json::object();
    auto best = json::array();
    for (auto const& n : d.account.nodes) {
        auto const& name = where.nodes()[n.node].name();
        if (!n.says.accepted()) {
            rejected[name] = refusal_of(n);
            continue;
        }
        feasible.emplace_back(name);
        scores[name] = scores_of(d.account, n);
        totals[name] = n.total;
        if (n.total == d.account.chosen->total) best.emplace_back(name);
    }
    auto out = json::object();
    if (!rejected.empty()) out["rejected"] = std::move(rejected);
    if (feasible.empty()) {
        out["message"] = d.message;
        victims_of(d, where, out);
    } else {
        out["scores"] = std::move(scores);
        out["totals"] = std::move(totals);
        out["best"] = std::move(best);
    }
    out["feasible"] = std::move(feasible);
    return out;
}

/// Pods one after the other, each with the earlier ones in place.
inline auto replay(json::object const& c, cluster& where) -> json::object {
    auto const profile = kube::default_profile_with(arguments_of(c));
    auto work = schedule::workspace();
    auto placement = json::object();
    for (auto const& v : array_in(c, "queue")) {
        auto const p = where.pod_of(v);
        auto const found = schedule::place(p, where.nodes(), profile, work);
        auto const node = found ? where.nodes()[found->node].name() : std::string();
        placement[p.value->metadata.where().to_string()] = node;
        if (!found) continue;
        auto bound = kube::pod(*p.value);
        bound.spec.node_name = node;
        where.add(where.bound(std::move(bound)));
    }
    return {{"feasible", json::array()}, {"placement", std::move(placement)}};
}

/// What is decided in a case.
inline auto judge(json::object const& c) -> json::object {
    auto where = cluster(c);
    auto out = json::object();
    if (c.contains("queue")) {
        out = replay(c, where);
    } else {
        out = verdict_of(decide(where.pod_of(c.at("pod")), where, arguments_of(c)), where);
    }
    out["id"] = c.at("id");
    return out;
}

} // namespace scheduling_cases
