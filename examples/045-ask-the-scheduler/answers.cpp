/// \file
/// The answers, by the default profile.

#include "answers.hpp"

#include <berth/kube/schedule/cluster_map.hpp>
#include <berth/kube/schedule/decision.hpp>
#include <berth/kube/schedule/forecast.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/kube/schedule/remedy.hpp>
#include <berth/object/encode.hpp>
#include <berth/schedule/in_words.hpp>

#include <span>
#include <vector>

namespace ask {

namespace {

namespace schedule = berth::schedule;
using kube::default_profile;
using nodes_of = std::vector<kube::node_info>;

/// The cluster without a pod, and the pod as it was before it was bound.
struct question {
    kube::pod_info pod;
    nodes_of nodes;
    std::string now_on; ///< the node that it is on; empty if on none

    question(cluster const& c, kube::pod_info const& p)
        : pod(kube::replica_of(p, 0)), nodes(c.state.nodes().begin(), c.state.nodes().end()) {
        for (auto& n : nodes) {
            auto const before = n.pods.size();
            n.remove(p);
            if (n.pods.size() != before) now_on = n.name();
        }
    }
    [[nodiscard]] auto name(std::size_t i) const -> std::string { return nodes[i].name(); }
};

auto where_it_is(question const& q, kube::pod_info const& p) -> std::string {
    auto const& m = p.value->metadata;
    auto out =
        "pod " + m.namespace_ + "/" + m.name + (q.now_on.empty() ? " is on no node" : " is on " + q.now_on);
    auto const gate = default_profile.enqueue(p);
    if (!gate.accepted()) out += "; it is not tried yet: " + gate.text();
    return out + (q.now_on.empty() ? "\n" : "; as it would be decided now, without it:\n");
}

auto advice_text(question const& q, schedule::advice<kube::remedy> const& all) -> std::string {
    constexpr auto most_names = std::size_t{8};
    auto out = std::string();
    for (auto const& g : schedule::group(all)) {
        out += "  " + std::to_string(g.nodes.size()) + (g.nodes.size() == 1 ? " node: " : " nodes: ") +
               g.text() + " (";
        for (std::size_t i = 0; i < g.nodes.size() && i < most_names; ++i)
            out += (i == 0 ? "" : ", ") + q.name(g.nodes[i].node);
        if (g.nodes.size() > most_names)
            out += " and " + std::to_string(g.nodes.size() - most_names) + " more";
        out += ")\n";
    }
    return out.empty() ? "  nothing: every node will do\n" : out;
}

auto counted(std::size_t n, std::string const& what) -> std::string {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

} // namespace

auto explain(cluster const& c, kube::pod_info const& p, std::string const& output) -> answer {
    auto const q = question(c, p);
    auto const account = schedule::explain(q.pod, q.nodes, default_profile);
    auto const yes = account.chosen.has_value() && default_profile.enqueue(p).accepted();
    if (output == "svg") {
        auto const title = "Where " + p.value->metadata.name + (account.chosen ? " goes" : " does not go");
        auto how = kube::map_options();
        how.title = title;
        how.account = &account;
        return {kube::cluster_map(q.nodes, how), yes};
    }
    auto const advice = schedule::advise(q.pod, q.nodes, default_profile);
    if (output == "json")
        return {berth::object::to_json_text(kube::decision_of(p, q.nodes, account, advice)) + "\n", yes};
    auto text = where_it_is(q, p) + schedule::in_words(account, [&](std::size_t i) { return q.name(i); });
    if (!advice.nodes.empty()) text += "\nwhat would have to change:\n" + advice_text(q, advice);
    return {std::move(text), yes};
}

auto change(cluster const& c, kube::pod_info const& p, std::string const& output) -> answer {
    auto const q = question(c, p);
    auto const advice = schedule::advise(q.pod, q.nodes, default_profile);
    auto const yes = advice.accepting > 0;
    if (output == "json") {
        auto const account = schedule::explain(q.pod, q.nodes, default_profile);
        return {berth::object::to_json_text(kube::decision_of(p, q.nodes, account, advice)) + "\n", yes};
    }
    return {where_it_is(q, p) + std::to_string(advice.accepting) + " of " + counted(q.nodes.size(), "node") +
                " will do as they are; what would have to change for the others:\n" + advice_text(q, advice),
            yes};
}

auto fits(cluster const& c, kube::pod_info const& p, std::optional<std::size_t> replicas) -> answer {
    auto const nodes = c.state.nodes();
    auto const f = kube::how_many_fit(p, nodes, default_profile, replicas.value_or(schedule::unlimited));
    auto text = replicas ? std::to_string(f.nodes.size()) + " of " + std::to_string(*replicas) + " fit\n"
                         : std::to_string(f.nodes.size()) + " fit\n";
    auto const counts = f.by_node(nodes.size());
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0) text += "  " + std::to_string(counts[i]) + " on " + nodes[i].name() + "\n";
    if (f.no_more) text += "no more, as then " + f.no_more->summary() + "\n";
    return {std::move(text), replicas ? f.nodes.size() >= *replicas : !f.nodes.empty()};
}

auto drain(cluster const& c, std::size_t node, bool force) -> answer {
    auto const nodes = c.state.nodes();
    auto how = kube::drain_options();
    how.force = force;
    auto const f = kube::forecast_drain(nodes, node, c.catalogue, default_profile, how);
    auto text = nodes[node].name() + (f.possible() ? " can be drained" : " cannot be drained") + "; it has " +
                counted(f.pods.size(), "pod") + "\n";
    for (auto const& p : f.pods) {
        auto const& m = p.pod->value->metadata;
        text += "  " + m.namespace_ + "/" + m.name +
                (p.ignored ? " may stay"
                 : p.to    ? " goes to " + nodes[*p.to].name()
                           : " stays: " + p.why_not) +
                "\n";
    }
    return {std::move(text), f.possible()};
}

} // namespace ask
