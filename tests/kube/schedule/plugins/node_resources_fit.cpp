/// \file
/// Room for pods, and how well it is used.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/node_resources_fit.hpp>

using namespace test;
namespace plugins = kube::plugins;

namespace {
auto say(make_pod const& p, kube::node_info const& n) -> schedule::verdict {
    return schedule::judge(plugins::node_resources_fit, info(p), n);
}
auto node_with(std::int64_t milli, std::int64_t mib) -> kube::node_info {
    return info(make_node("a").with([&](kube::node& n) {
        if (milli != 0) n.status.allocatable["cpu"] = object::quantity::of_milli(milli);
        if (mib != 0) n.status.allocatable["memory"] = object::quantity::of(mib << 20U);
    }));
}
auto pod_asking(std::int64_t milli, std::int64_t mib) -> kube::pod_info {
    return info(asking("p", "cpu", milli).with([&](kube::pod& p) {
        p.spec.containers[0].resources.requests["memory"] = object::quantity::of(mib << 20U);
    }));
}
template <class Score>
auto rated(Score const& s, kube::pod_info const& p, kube::node_info const& n) -> schedule::points {
    return schedule::rate(s, p, std::vector{n}).at(0);
}
} // namespace

TEST_CASE("a node must have left what a pod asks for; what it never has, no departure helps") {
    auto const n = info(roomy("a"), {asking("first", "cpu", 1500)});
    CHECK(say(asking("p", "cpu", 500), n).accepted());
    CHECK(say(asking("p", "cpu", 501), n) == schedule::reject("Insufficient cpu"));
    CHECK(say(asking("p", "cpu", 2001), n) == schedule::rule_out("Insufficient cpu"));
    CHECK(say(asking("p", "ephemeral-storage", 1000), n) ==
          schedule::rule_out("Insufficient ephemeral-storage"));
    CHECK(say(asking("p", "example.com/gpu", 1000), n).accepted());
    CHECK(say(asking("p", "example.com/gpu", 2000), n) == schedule::rule_out("Insufficient example.com/gpu"));
}

TEST_CASE("all that a node lacks is told, and the harshest grade counts") {
    auto const n = info(roomy("a"), {asking("first", "cpu", 1500), make_pod("second")});
    auto const p = asking("p", "cpu", 1000).with([](kube::pod& o) {
        o.spec.containers[0].resources.requests["memory"] = object::quantity::of(std::int64_t{1} << 40U);
    });
    auto const v = say(p, n);
    CHECK(v.how() == schedule::grade::ruled_out);
    CHECK(v.text() == "Too many pods, Insufficient cpu, Insufficient memory");
}

TEST_CASE("a pod that asks for nothing only needs a place, even on a node that is filled beyond itself") {
    auto n = info(roomy("a"), {asking("first", "cpu", 5000)});
    CHECK(say(make_pod("p"), n).accepted());
    n.add(info(make_pod("second")));
    CHECK(say(make_pod("p"), n) == schedule::reject("Too many pods"));
}

TEST_CASE("extended resources that are ignored, by name or by group, are not looked at") {
    constexpr auto names = std::array<std::string_view, 1>{"example.com/gpu"};
    constexpr auto groups = std::array<std::string_view, 1>{"example.com"};
    auto const p = info(asking("p", "example.com/gpu", 9000));
    auto const n = info(roomy("a"));
    CHECK(schedule::judge(schedule::filter<plugins::resources_fit>({.ignored = names}), p, n).accepted());
    CHECK(schedule::judge(schedule::filter<plugins::resources_fit>({.ignored_groups = groups}), p, n)
              .accepted());
}

TEST_CASE("points are the mean of what would be left of processors and memory, each rounded down") {
    auto const& s = plugins::node_resources_fit_score;
    CHECK(rated(s, pod_asking(500, 100), node_with(1000, 1000)) == (50 + 90) / 2);
    CHECK(rated(s, pod_asking(333, 100), node_with(1000, 1000)) == (66 + 90) / 2);
    CHECK(rated(s, pod_asking(1000, 1000), node_with(1000, 1000)) == 0);
    auto n = node_with(1000, 1000);
    n.add(pod_asking(400, 500));
    CHECK(rated(s, pod_asking(200, 100), n) == (40 + 40) / 2);
}

TEST_CASE("pods that ask for nothing count with a little, where loads are compared") {
    auto n = node_with(1000, 1000);
    auto const bare = info(make_pod("bare"));
    CHECK(rated(plugins::node_resources_fit_score, bare, n) == (90 + 80) / 2);
    n.add(bare);
    CHECK(rated(plugins::node_resources_fit_score, bare, n) == (80 + 60) / 2);
}

TEST_CASE("a resource that a node lacks does not count, one that would not suffice counts as nothing left") {
    auto const bare = info(make_pod("bare"));
    CHECK(rated(plugins::node_resources_fit_score, bare, node_with(1000, 0)) == 90);
    CHECK(rated(plugins::node_resources_fit_score, bare, node_with(0, 0)) == 0);
    CHECK(rated(plugins::node_resources_fit_score, bare, node_with(1000, 100)) == 90 / 2);
}

TEST_CASE("the most allocated node can be the best one, and resources can weigh differently") {
    static constexpr auto by_cpu = std::array<plugins::weighed_resource, 2>{{{"cpu", 3}, {"memory", 1}}};
    auto const s = schedule::score<plugins::fit_points>(
        {.strategy = plugins::fit_strategy::most_allocated, .resources = by_cpu});
    CHECK(rated(s, pod_asking(500, 100), node_with(1000, 1000)) == (3 * 50 + 10) / 4);
    CHECK(rated(s, pod_asking(5000, 100), node_with(1000, 1000)) == (3 * 100 + 10) / 4);
}

TEST_CASE("a shape says what a use is worth, in a line between its points and flat beyond them") {
    static constexpr auto shape = std::array<plugins::use_and_worth, 3>{{{20, 0}, {60, 10}, {100, 5}}};
    static constexpr auto cpu = std::array<plugins::weighed_resource, 1>{{{"cpu", 1}}};
    auto const s = schedule::score<plugins::fit_points>(
        {.strategy = plugins::fit_strategy::requested_to_capacity_ratio, .resources = cpu, .shape = shape});
    auto const at = [&](std::int64_t percent) {
        return rated(s, pod_asking(percent * 10, 0), node_with(1000, 0));
    };
    CHECK(at(10) == 0);
    CHECK(at(40) == 50);
    CHECK(at(60) == 100);
    CHECK(at(80) == 75);
    CHECK(at(200) == 50);
}
