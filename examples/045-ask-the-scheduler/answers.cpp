/// \file
/// The answers, each by the profile of the pod that it is about.

#include "answers.hpp"

#include <berth/kube/schedule/cluster_map.hpp>
#include <berth/kube/schedule/decision.hpp>
#include <berth/kube/schedule/forecast.hpp>
#include <berth/kube/schedule/remedy.hpp>
#include <berth/object/encode.hpp>
#include <berth/schedule/in_words.hpp>

#include <span>
#include <vector>

namespace ask {

namespace {

namespace schedule = berth::schedule;
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

auto where_it_is(question const& q, kube::pod_info const& p, profiles const& by, profile const& own)
    -> std::string {
    auto const& m = p.value->metadata;
    auto out =
        "pod " + m.namespace_ + "/" + m.name + (q.now_on.empty() ? " is on no node" : " is on " + q.now_on);
    auto const gate = own.enqueue(p);
    if (!gate.accepted()) out += "; it is not tried yet: " + gate.text();
    out += q.now_on.empty() ? "\n" : "; as it would be decided now, without it:\n";
    auto const doubt = by.doubt_about(p);
    return out + "by " + by.told(own) + (doubt.empty() ? "" : " (" + doubt + ")") + "\n";
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

auto explain(cluster const& c, kube::pod_info const& p, profiles const& by, std::string const& output)
    -> berth::result<answer> {
    auto const found = by.of(p);
    if (!found) return std::unexpected(found.error());
    auto const& own = **found;
    auto const q = question(c, p);
    auto const account = schedule::explain(q.pod, q.nodes, own);
    auto const yes = account.chosen.has_value() && own.enqueue(p).accepted();
    if (output == "svg") {
        auto const title = "Where " + p.value->metadata.name + (account.chosen ? " goes" : " does not go") +
                           ", by " + by.told(own);
        auto how = kube::map_options();
        how.title = title;
        how.account = &account;
        return answer{kube::cluster_map(q.nodes, how), yes};
    }
    auto const advice = schedule::advise(q.pod, q.nodes, own);
    if (output == "json")
        return answer{berth::object::to_json_text(kube::decision_of(p, q.nodes, account, advice)) + "\n",
                      yes};
    auto text =
        where_it_is(q, p, by, own) + schedule::in_words(account, [&](std::size_t i) { return q.name(i); });
    if (!advice.nodes.empty()) text += "\nwhat would have to change:\n" + advice_text(q, advice);
    return answer{std::move(text), yes};
}

auto change(cluster const& c, kube::pod_info const& p, profiles const& by, std::string const& output)
    -> berth::result<answer> {
    auto const found = by.of(p);
    if (!found) return std::unexpected(found.error());
    auto const& own = **found;
    auto const q = question(c, p);
    auto const advice = schedule::advise(q.pod, q.nodes, own);
    auto const yes = advice.accepting > 0;
    if (output == "json") {
        auto const account = schedule::explain(q.pod, q.nodes, own);
        return answer{berth::object::to_json_text(kube::decision_of(p, q.nodes, account, advice)) + "\n",
                      yes};
    }
    return answer{where_it_is(q, p, by, own) + std::to_string(advice.accepting) + " of " +
                      counted(q.nodes.size(), "node") +
                      " will do as they are; what would have to change for the others:\n" +
                      advice_text(q, advice),
                  yes};
}

auto fits(cluster const& c, kube::pod_info const& p, profiles const& by, std::optional<std::size_t> replicas)
    -> berth::result<answer> {
    auto const found = by.of(p);
    if (!found) return std::unexpected(found.error());
    auto const nodes = c.state.nodes();
    auto const f = kube::how_many_fit(p, nodes, **found, replicas.value_or(schedule::unlimited));
    auto text = std::to_string(f.nodes.size()) + (replicas ? " of " + std::to_string(*replicas) : "") +
                " fit, by " + by.told(**found) + "\n";
    auto const counts = f.by_node(nodes.size());
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0) text += "  " + std::to_string(counts[i]) + " on " + nodes[i].name() + "\n";
    if (f.no_more) text += "no more, as then " + f.no_more->summary() + "\n";
    return answer{std::move(text), replicas ? f.nodes.size() >= *replicas : !f.nodes.empty()};
}

auto drain(cluster const& c, std::size_t node, profiles const& by, bool force) -> answer {
    auto const nodes = c.state.nodes();
    auto how = kube::drain_options();
    how.force = force;
    auto const f = kube::forecast_drain(nodes, node, c.catalogue, by.all(), how,
                                        [&](kube::pod_info const& p) { return by.lane_of(p); });
    auto text = nodes[node].name() + (f.possible() ? " can be drained" : " cannot be drained") + "; it has " +
                counted(f.pods.size(), "pod") + "\n";
    auto const several = by.all().all.size() > 1;
    if (!several) text += "decided by " + by.told(by.all().all.front()) + "\n";
    for (auto const& p : f.pods) {
        auto const& m = p.pod->value->metadata;
        auto const tried = p.to || !p.why_not.empty();
        auto const doubt = tried ? by.doubt_about(*p.pod) : std::string();
        text += "  " + m.namespace_ + "/" + m.name +
                (p.ignored ? " may stay"
                 : p.to    ? " goes to " + nodes[*p.to].name()
                           : " stays: " + p.why_not);
        text += tried && several ? ", by " + by.told(by.all().all[by.lane_of(*p.pod)]) : "";
        text += (doubt.empty() ? "" : " (" + doubt + ")") + "\n";
    }
    return {std::move(text), f.possible()};
}

} // namespace ask
