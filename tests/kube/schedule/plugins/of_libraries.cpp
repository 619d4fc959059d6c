/// \file
/// Plugins from shared libraries as leaves of a profile.

#include "../drawing.hpp"
#include "../pods_plugin.hpp"

#include <berth/kube/schedule/configured_profile.hpp>
#include <berth/kube/schedule/plugins/of_libraries.hpp>
#include <berth/schedule/explain.hpp>
#include <berth/schedule/laws.hpp>
#include <berth/schedule/laws/placer.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

using namespace test;

namespace {

auto enter(kube::pod_info const& p, kube::node_info& n) -> void { n.add(p); }
auto leave(kube::pod_info const& p, kube::node_info& n) -> void { n.remove(p); }

auto opened(pods_library const& library, std::vector<std::string> const& names, std::string const& arguments)
    -> kube::plugins::library_plugins {
    auto const libraries = library.alone();
    auto out = kube::plugins::library_plugins();
    for (auto const& name : names) out.push_back(libraries.open(name, true, true, arguments).value());
    return out;
}

} // namespace

TEST_CASE("a node is refused for what the first plugin says that refuses it, and points are added up") {
    auto const library = pods_library({"few", "fewer"});
    auto all = opened(library, {"few", "fewer"}, "{\"most\":1}");
    all[1].weight = 3;
    auto const nodes =
        std::vector{info(roomy("idle")), info(roomy("busy"), {asking("there", "memory", 100'000'000'000)})};
    auto const waiting = info(asking("waits", "memory", 1'000));
    auto const filter = kube::plugins::library_filter_leaf{{}, {all}};
    auto const score = kube::plugins::library_score_leaf{{}, {all}};
    CHECK(schedule::judge(filter, waiting, nodes[0]).accepted());
    CHECK(schedule::judge(filter, waiting, nodes[1]) == schedule::reject("enough pods already"));
    CHECK(schedule::describe(filter) == "few + fewer");
    auto const left = [&](kube::node_info const& n) {
        return static_cast<double>((n.allocatable.memory - n.requested.memory - waiting.request.memory) >>
                                   20U);
    };
    CHECK(schedule::rate(score, waiting, nodes) == std::vector{4 * left(nodes[0]), 4 * left(nodes[1])});
    auto const why =
        schedule::place(waiting, std::span(nodes).subspan(1), schedule::profile{.filter = filter});
    REQUIRE_FALSE(why.has_value());
    CHECK(why.error().refused[0].filter == "few + fewer");
}

TEST_CASE("plugins read labels of pods and nodes as numbers that stand for their values") {
    constexpr auto disk = std::array{berth_field{"label:disk", BERTH_INT64}};
    constexpr auto reasons = std::array{berth_reason{"of another disk", BERTH_REJECTED}};
    auto p = plugin_table::of("SameDisk", disk, disk, reasons);
    p.filter = [](void*, berth_call const* call, std::uint8_t* verdicts) -> std::int32_t {
        auto const* const of_node = static_cast<std::int64_t const*>(call->columns[0]);
        for (std::uint64_t i = 0; i < call->nodes; ++i)
            verdicts[i] = call->task[0].whole != 0 && of_node[i] != call->task[0].whole ? 1 : 0;
        return BERTH_OK;
    };
    auto const* const one = &p;
    auto const table = berth_plugins{sizeof(berth_plugins), BERTH_PLUGIN_ABI_VERSION, 0, &one, 1};
    auto const library = schedule::plugin_library::of(&table, "disks").value();
    auto const filter = library.filter("SameDisk", kube::plugins::library_vocabulary()).value();
    auto const on = [&](make_pod pod, make_node node) {
        return schedule::judge(filter, info(std::move(pod)), info(std::move(node))).accepted();
    };
    CHECK(on(make_pod("p").label("disk", "ssd"), make_node("n").label("disk", "ssd")));
    CHECK_FALSE(on(make_pod("p").label("disk", "ssd"), make_node("n").label("disk", "tape")));
    CHECK_FALSE(on(make_pod("p").label("disk", "ssd"), make_node("n")));
    CHECK_FALSE(on(make_pod("p").label("disk", ""), make_node("n"))); // an empty value is a value
    CHECK(on(make_pod("p"), make_node("n").label("disk", "ssd")));
}

TEST_CASE("plugins of libraries obey the laws of filters") {
    auto const library = pods_library({"few"});
    auto const all = opened(library, {"few"}, "");
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        auto drawn = drawing(seed);
        auto nodes = drawn.nodes(6);
        for (auto const& p : drawn.pods(9)) nodes[drawn.below(nodes.size())].add(p);
        schedule::laws::filter(kube::plugins::library_filter_leaf{{}, {all}}, drawn.pods(4), nodes, held);
        schedule::laws::score(kube::plugins::library_score_leaf{{}, {all}}, drawn.pods(4), nodes, held);
    }
}

TEST_CASE("a placer decides by profiles with plugins of libraries as who remembers nothing") {
    auto const library = pods_library({"few", "fewer"});
    auto settings = kube::profile_settings();
    settings.from_libraries = std::make_shared<kube::plugins::library_plugins const>(
        opened(library, {"few", "fewer"}, "{\"most\":3}"));
    auto const by = kube::configured_profile(settings);
    auto const words = by.describe();
    CHECK(words.find("and InterPodAffinity and few + fewer;") != std::string::npos);
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        auto drawn = drawing(seed);
        auto const nodes = drawn.nodes(seed % 3 == 0 ? 4 : 20);
        schedule::laws::placer<kube::facets::pod_books>(by, drawn.pods(8), nodes, enter, leave, seed, 120,
                                                        held);
    }
}
