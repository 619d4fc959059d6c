/// \file
/// An agent tells what its pods use.

#include "../cluster.hpp"

#include <berth/kube/metrics/board.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using namespace test;

namespace {

auto agent_of(desk& d, node::agent_options options) -> node::agent<node::simulated_runtime> {
    return {node::simulated_runtime(), d.server, std::move(options), d.sink()};
}

/// `pod/container cpu memory`, one for each container that is told of.
auto told_use(desk& d) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    auto const all = d.server.list(kube::pod_metrics::resource, {});
    if (!all) return {all.error().message};
    for (auto const& o : all->items) {
        auto const& p = o.object.as<kube::pod_metrics>();
        for (auto const& c : p.containers)
            out.push_back(p.metadata.name + "/" + c.name + " " + c.usage.find("cpu")->to_string() + " " +
                          c.usage.find("memory")->to_string());
    }
    return out;
}

using words = std::vector<std::string>;

} // namespace

TEST_CASE("an agent tells once an interval what its containers use, of those that run", "[node][agent]") {
    auto d = desk();
    d.server.kinds().change(
        [](api::registry& r) { kube::add_metrics(r, std::make_shared<kube::metrics_board>()); });
    auto agent = agent_of(d, {.name = "node-1", .usage_interval = seconds(10)});
    auto p = make_pod("web", {make_container("app"), make_container("side")});
    p.metadata.annotations["simulated.berth.dev/cpu.app"] = "250m";
    p.metadata.annotations["simulated.berth.dev/memory"] = "2Mi";
    d.add(std::move(p));
    d.run(agent, seconds(11));
    CHECK(told_use(d) == words{"web/app 250m 2Mi", "web/side 1m 2Mi"});
    CHECK(d.server.list(kube::node_metrics::resource, {})->items.size() == 1);
    auto o = api::delete_options{};
    o.grace_period_seconds = 0;
    REQUIRE(api::remove<kube::pod>(d.server, {"default", "web"}, o));
    d.run(agent, seconds(11));
    CHECK(told_use(d).empty());
    CHECK(d.server.list(kube::node_metrics::resource, {})->items.size() == 1);
}

TEST_CASE("an API that has no place for it does not disturb an agent, nor one that is to tell nothing") {
    auto d = desk();
    auto agent = agent_of(d, {.name = "node-1"});
    d.add(make_pod("web"));
    d.run(agent, minutes(10));
    CHECK(d.pod("web").status.phase == "Running");
    auto quiet = desk();
    quiet.server.kinds().change(
        [](api::registry& r) { kube::add_metrics(r, std::make_shared<kube::metrics_board>()); });
    auto silent = agent_of(quiet, {.name = "node-1", .usage_interval = {}});
    quiet.run(silent, seconds(60));
    CHECK(told_use(quiet).empty());
}
