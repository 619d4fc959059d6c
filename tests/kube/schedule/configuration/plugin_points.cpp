/// \file
/// Which plugins a file leaves on.

#include <berth/kube/schedule/configuration/plugin_points.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth::kube::configuration;
using berth::kube::profile_settings;

namespace {

auto named(std::string name, std::int32_t weight = 0) -> plugin {
    auto out = plugin();
    out.name = std::move(name);
    if (weight != 0) out.weight = weight;
    return out;
}

struct chosen {
    profile_settings settings;
    std::string complaints;
};
auto choose(plugin_sets const& sets) -> chosen {
    auto out = chosen();
    auto errors = berth::api::field_errors();
    auto const at = berth::api::field_path("plugins");
    choose_plugins(sets, at, out.settings, errors);
    for (auto const& c : errors.causes()) out.complaints += c.field + ": " + c.message + "\n";
    return out;
}

} // namespace

TEST_CASE("a file that says nothing leaves everything as it is by default") {
    auto const out = choose({});
    CHECK(out.complaints == "");
    CHECK(out.settings.filters == profile_settings().filters);
    CHECK(out.settings.scores == profile_settings().scores);
    CHECK(out.settings.gates);
    CHECK(out.settings.preemption);
}

TEST_CASE("a plugin can be disabled everywhere, or at one point") {
    auto sets = plugin_sets();
    sets.multi_point.disabled.push_back(named("PodTopologySpread"));
    sets.score.disabled.push_back(named("ImageLocality"));
    sets.post_filter.disabled.push_back(named("*"));
    sets.pre_enqueue.disabled.push_back(named("SchedulingGates"));
    auto const out = choose(sets);
    CHECK(out.complaints == "");
    CHECK_FALSE(out.settings.filters_by("PodTopologySpread"));
    CHECK(out.settings.weight_of("PodTopologySpread") == 0);
    CHECK(out.settings.weight_of("ImageLocality") == 0);
    CHECK(out.settings.weight_of("NodeAffinity") == 2);
    CHECK_FALSE(out.settings.preemption);
    CHECK_FALSE(out.settings.gates);
}

TEST_CASE("all can be disabled, and some enabled again") {
    auto sets = plugin_sets();
    sets.multi_point.disabled.push_back(named("*"));
    for (auto const* const name : {"PrioritySort", "DefaultBinder", "NodeResourcesFit"})
        sets.multi_point.enabled.push_back(named(name));
    sets.pre_score.enabled.push_back(named("InterPodAffinity"));
    sets.score.enabled.push_back(named("InterPodAffinity", 4));
    auto const out = choose(sets);
    CHECK(out.complaints == "");
    CHECK(out.settings.filters.size() == 1);
    CHECK(out.settings.filters_by("NodeResourcesFit"));
    CHECK(out.settings.scores.size() == 2);
    CHECK(out.settings.weight_of("NodeResourcesFit") == 1); // as none is given
    CHECK(out.settings.weight_of("InterPodAffinity") == 4);
}

TEST_CASE("weights at the point count more than those of all points, and those more than the default") {
    auto sets = plugin_sets();
    sets.multi_point.enabled.push_back(named("NodeAffinity", 5));
    sets.multi_point.enabled.push_back(named("TaintToleration"));
    sets.score.enabled.push_back(named("InterPodAffinity", 9));
    sets.multi_point.enabled.push_back(named("InterPodAffinity", 4));
    sets.score.disabled.push_back(named("*"));
    sets.score.enabled.push_back(named("NodeAffinity", 6));
    sets.pre_score.disabled.push_back(named("*"));
    sets.pre_score.enabled.push_back(named("InterPodAffinity"));
    sets.pre_score.enabled.push_back(named("NodeAffinity"));
    auto out = choose(sets);
    CHECK(out.complaints == "");
    CHECK(out.settings.scores == decltype(out.settings.scores){{"InterPodAffinity", 9}, {"NodeAffinity", 6}});
    sets.score = {};
    sets.pre_score = {};
    out = choose(sets);
    CHECK(out.settings.weight_of("NodeAffinity") == 5);
    CHECK(out.settings.weight_of("TaintToleration") == 1); // given anew without a weight
    CHECK(out.settings.weight_of("PodTopologySpread") == 2);
}

TEST_CASE("what cannot be is told with what could") {
    auto sets = plugin_sets();
    sets.score.enabled.push_back(named("NodeName"));
    sets.filter.enabled.push_back(named("NodeNames"));
    sets.filter.disabled.push_back(named("NodeNames"));
    sets.multi_point.disabled.push_back(named("DynamicResources")); // which is not there
    sets.multi_point.enabled.push_back(named("NodePorts"));
    sets.multi_point.enabled.push_back(named("NodePorts"));
    auto const out = choose(sets).complaints;
    CHECK(out.find("plugins.score.enabled[0].name: Unsupported value: \"NodeName\": supported values: "
                   "\"TaintToleration\", ") != std::string::npos);
    CHECK(out.find("plugins.filter.enabled[0].name: Unsupported value: \"NodeNames\"") != std::string::npos);
    CHECK(out.find("plugins.filter.disabled[0].name: Unsupported value: \"NodeNames\"") != std::string::npos);
    CHECK(out.find("plugins.multiPoint.enabled[1].name: Duplicate value: \"NodePorts\"") !=
          std::string::npos);
    CHECK(out.find("DynamicResources") == std::string::npos);
}

TEST_CASE("somebody must order and bind pods, and a plugin needs both of its halves") {
    auto sets = plugin_sets();
    sets.queue_sort.disabled.push_back(named("*"));
    sets.bind.disabled.push_back(named("DefaultBinder"));
    sets.filter.disabled.push_back(named("NodePorts"));
    sets.reserve.disabled.push_back(named("VolumeBinding"));
    auto const out = choose(sets).complaints;
    CHECK(out.find(
              "plugins.queueSort: Required value: one plugin must say which pod goes first: PrioritySort") !=
          std::string::npos);
    CHECK(out.find("plugins.bind: Required value") != std::string::npos);
    CHECK(out.find("plugins: Forbidden: NodePorts must be on at preFilter and filter or at none of them") !=
          std::string::npos);
    CHECK(out.find("plugins: Forbidden: VolumeBinding must be on at filter, reserve and preBind") !=
          std::string::npos);
}
