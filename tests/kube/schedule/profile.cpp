/// \file
/// The profile that places pods unless another one is given: which plugins, in which order, by which weights,
/// and what they may be told.

#include "placing.hpp"

#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/explain.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace test;
using kube::default_profile;

namespace {

/// The parts of a text between separators.
auto parts(std::string_view text, std::string_view separator) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto at = text.find(separator); at != std::string_view::npos; at = text.find(separator)) {
        out.emplace_back(text.substr(0, at));
        text.remove_prefix(at + separator.size());
    }
    out.emplace_back(text);
    return out;
}

} // namespace

TEST_CASE("the default profile has kube-scheduler's plugins in its order, and its weights") {
    auto const text = parts(default_profile.describe(), "; ");
    REQUIRE(text.size() == 2);
    CHECK(parts(text[0], " and ") ==
          std::vector<std::string>{"default-scheduler: NodeAffinity", "NodeUnschedulable", "NodeName",
                                   "TaintToleration", "NodeAffinity", "NodePorts", "NodeResourcesFit",
                                   "VolumeRestrictions", "NodeVolumeLimits", "VolumeBinding", "VolumeZone",
                                   "PodTopologySpread", "InterPodAffinity"});
    CHECK(parts(text[1], " + ") ==
          std::vector<std::string>{"3 * TaintToleration", "2 * NodeAffinity", "1 * NodeResourcesFit",
                                   "2 * PodTopologySpread", "2 * InterPodAffinity",
                                   "1 * NodeResourcesBalancedAllocation", "1 * ImageLocality"});
}

TEST_CASE("by default pods are spread over use, by an argument they are packed") {
    auto const nodes =
        std::vector<kube::node_info>{info(roomy("busy"), {asking("x", "cpu", 500)}), info(roomy("idle"))};
    auto const p = info(asking("p", "cpu", 100));
    CHECK(schedule::place(p, nodes, default_profile).value().node == 1);
    auto const packed =
        kube::default_profile_with({.use = {.strategy = kube::plugins::fit_strategy::most_allocated}});
    CHECK(schedule::place(p, nodes, packed).value().node == 0);
}

TEST_CASE("an affinity that is added counts for every pod") {
    auto added = kube::node_affinity();
    auto& term =
        added.required_during_scheduling_ignored_during_execution.engage().node_selector_terms.emplace_back();
    auto& wanted = term.match_expressions.emplace_back();
    wanted.key = "topology.kubernetes.io/zone";
    wanted.operator_ = "In";
    wanted.values.emplace_back("b");
    auto const nodes = std::vector<kube::node_info>{info(in_zone("a", "one")), info(in_zone("b", "two"))};
    auto const filter = kube::default_profile_with({.added_affinity = &added}).filter;
    CHECK(accepted(filter, info(make_pod("p")), nodes) == each{false, false}); // no room: nodes are empty
    auto const roomy_nodes =
        std::vector<kube::node_info>{info(roomy("one").label("topology.kubernetes.io/zone", "a")),
                                     info(roomy("two").label("topology.kubernetes.io/zone", "b"))};
    CHECK(accepted(filter, info(make_pod("p")), roomy_nodes) == each{false, true});
    CHECK(accepted(default_profile.filter, info(make_pod("p")), roomy_nodes) == each{true, true});
}

TEST_CASE("a profile without an order of pods has them go by priority, and one with an order keeps it") {
    constexpr auto mine = schedule::profile{.name = "mine", .filter = kube::plugins::node_resources_fit};
    constexpr auto ordered = kube::ordered_by_priority(mine);
    auto const urgent = info(make_pod("u").with([](kube::pod& p) { p.spec.priority = 9; }));
    auto const usual = info(make_pod("v"));
    CHECK(ordered.order(urgent, usual));
    CHECK_FALSE(ordered.order(usual, urgent));
    CHECK(ordered.name == "mine");
    constexpr auto by_name = [](kube::pod_info const& a, kube::pod_info const& b) {
        return a.value->metadata.name < b.value->metadata.name;
    };
    constexpr auto kept = kube::ordered_by_priority(
        schedule::profile{.name = "mine", .order = by_name, .filter = kube::plugins::node_resources_fit});
    CHECK(kept.order(urgent, usual));
    CHECK_FALSE(kept.order(usual, urgent));
}
