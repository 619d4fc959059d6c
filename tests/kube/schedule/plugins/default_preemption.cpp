/// \file
/// Room made by evicting less important pods.

#include "../placing.hpp"

#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/attempt.hpp>

using namespace test;
namespace plugins = kube::plugins;

namespace {

auto pod_of(std::string name, std::int32_t priority, std::int64_t milli, int started = 0) -> make_pod {
    return asking(std::move(name), "cpu", milli).with([&](kube::pod& p) {
        p.spec.priority = priority;
        p.status.start_time = object::timestamp(new_year + seconds(started));
    });
}
auto two_cores(std::string name, std::vector<make_pod> const& pods) -> kube::node_info {
    return info(roomy(std::move(name)).with([](kube::node& n) {
        n.status.allocatable["pods"] = object::quantity::of(10);
    }),
                pods);
}
/// Who is evicted from where, in words: "a: x y".
auto evicts(kube::pod_info const& p, std::vector<kube::node_info> nodes) -> std::string {
    auto work = schedule::workspace();
    auto const done = schedule::attempt(p, nodes, kube::default_profile, work);
    if (done || done.error().at != schedule::stage::evicting) return {};
    auto out = nodes[done.error().room.node].name() + ":";
    for (auto const& v : done.error().room.victims) out += " " + v->value->metadata.name;
    return out;
}

} // namespace

TEST_CASE("as few of the less important pods leave as will do, the least important ones") {
    auto const nodes =
        std::vector{two_cores("a", {pod_of("x", 5, 500), pod_of("y", 1, 1000), pod_of("z", 2, 500)})};
    CHECK(evicts(info(pod_of("p", 9, 1000)), nodes) == "a: y");
    CHECK(evicts(info(pod_of("p", 9, 1500)), nodes) == "a: z y");
    CHECK(evicts(info(pod_of("p", 1, 1000)), nodes).empty());
    CHECK(evicts(info(pod_of("p", 9, 3000)), nodes).empty());
}

TEST_CASE("of pods equal in priority the one that has run longer stays") {
    auto const nodes = std::vector{two_cores("a", {pod_of("new", 1, 1000, 60), pod_of("old", 1, 1000)})};
    CHECK(evicts(info(pod_of("p", 9, 1000)), nodes) == "a: new");
}

TEST_CASE("the node with the least important victims is chosen, then the fewest, then the latest") {
    auto const p = info(pod_of("p", 9, 2000));
    CHECK(evicts(p, {two_cores("a", {pod_of("x", 5, 2000)}), two_cores("b", {pod_of("y", 4, 2000)})}) ==
          "b: y");
    CHECK(evicts(p, {two_cores("a", {pod_of("x", 1, 1000), pod_of("y", 1, 1000)}),
                     two_cores("b", {pod_of("z", 1, 2000)})}) == "b: z");
    CHECK(evicts(p, {two_cores("a", {pod_of("x", 1, 2000, 1)}), two_cores("b", {pod_of("y", 1, 2000, 2)})}) ==
          "b: y");
    CHECK(evicts(p, {two_cores("a", {pod_of("x", 1, 2000)}), two_cores("b", {pod_of("y", 1, 2000)})}) ==
          "a: x");
}

TEST_CASE("budgets are spared where another node can do without") {
    auto all = kube::catalogue();
    auto b = kube::pod_disruption_budget();
    b.metadata.name = "web";
    b.metadata.namespace_ = "default";
    b.spec.selector = selecting("app", "web");
    all.put({object::any_object(b), 1});
    auto const p = info(pod_of("p", 9, 2000), all);
    auto const nodes = std::vector{two_cores("a", {pod_of("x", 1, 2000).label("app", "web")}),
                                   two_cores("b", {pod_of("y", 5, 2000)})};
    CHECK(evicts(p, nodes) == "b: y");
    b.status.disruptions_allowed = 1;
    all.put({object::any_object(b), 2});
    CHECK(evicts(p, nodes) == "a: x");
}

TEST_CASE("within a node, pods whose budget would be violated come back first") {
    auto all = kube::catalogue();
    auto b = kube::pod_disruption_budget();
    b.metadata.name = "web";
    b.metadata.namespace_ = "default";
    b.spec.selector = selecting("app", "web");
    all.put({object::any_object(b), 1});
    auto const nodes =
        std::vector{two_cores("a", {pod_of("x", 1, 1000).label("app", "web"), pod_of("y", 5, 1000)})};
    CHECK(evicts(info(pod_of("p", 9, 1000), all), nodes) == "a: y");
    CHECK(evicts(info(pod_of("p", 9, 1000)), nodes) == "a: x");
}

TEST_CASE("a pod whose policy forbids it evicts nobody, nor does one for which room is being made") {
    auto const nodes = std::vector{two_cores("a", {pod_of("x", 1, 2000)})};
    auto never =
        pod_of("p", 9, 2000).with([](kube::pod& o) { o.spec.preemption_policy = std::string("Never"); });
    CHECK(evicts(info(never), nodes).empty());
    auto const hopeful =
        info(pod_of("p", 9, 2000).with([](kube::pod& o) { o.status.nominated_node_name = "a"; }));
    CHECK(evicts(hopeful, nodes) == "a: x");
    auto leaving = pod_of("x", 1, 2000).deleting().condition("DisruptionTarget", "True");
    leaving.with([](kube::pod& o) { o.status.conditions.back().reason = "PreemptionByScheduler"; });
    CHECK(evicts(hopeful, {two_cores("a", {leaving})}).empty());
}

TEST_CASE("where no departure helps nobody is evicted") {
    auto nodes = std::vector{two_cores("a", {pod_of("x", 1, 2000)})};
    auto const choosy =
        info(pod_of("p", 9, 1000).with([](kube::pod& o) { o.spec.node_selector["a"] = "b"; }));
    CHECK(evicts(choosy, nodes).empty());
}

TEST_CASE("a shortlist ends when it is long enough and one of it does no harm") {
    auto nodes = std::vector<kube::node_info>();
    for (auto const* const name : {"a", "b", "c"}) nodes.push_back(two_cores(name, {pod_of(name, 1, 2000)}));
    auto const p = info(pod_of("p", 9, 2000));
    auto const where = schedule::place(p, nodes, kube::default_profile);
    REQUIRE(!where);
    auto const yes = [](std::size_t, kube::node_info const& n) {
        return n.pods.empty() ? schedule::accept : schedule::reject("full");
    };
    auto const ask = plugins::room_question(yes);
    CHECK(plugins::search_room(p, nodes, where.error(), ask).candidates.size() == 3);
    CHECK(plugins::search_room(p, nodes, where.error(), ask, 2).candidates.size() == 2);
    CHECK(plugins::best_candidates(plugins::search_room(p, nodes, where.error(), ask).candidates) ==
          std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("why nobody leaves is told in the words of kube-scheduler") {
    auto const why = [](kube::pod_info const& p, std::vector<kube::node_info> nodes) {
        auto work = schedule::workspace();
        return schedule::attempt(p, nodes, kube::default_profile, work).error().why;
    };
    auto const never =
        pod_of("p", 9, 1000).with([](kube::pod& p) { p.spec.preemption_policy = std::string("Never"); });
    auto const full = std::string("0/1 nodes are available: 1 Insufficient cpu. preemption: ");
    CHECK(why(info(pod_of("p", 0, 1000)), {two_cores("a", {pod_of("x", 0, 2000)})}) ==
          full + "0/1 nodes are available: 1 No preemption victims found for incoming pod.");
    CHECK(why(info(pod_of("p", 9, 3000)), {two_cores("a", {pod_of("x", 0, 2000)})}) ==
          full + "0/1 nodes are available: 1 Preemption is not helpful for scheduling.");
    CHECK(why(info(never), {two_cores("a", {pod_of("x", 0, 2000)})}) ==
          full + "not eligible due to preemptionPolicy=Never.");
}
