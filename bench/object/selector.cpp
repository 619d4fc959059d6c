/// \file
/// How far is a selector from a comparison written by hand? Three requirements are matched against ten
/// labels, in a `dictionary` (sorted) and in a vector of pairs (searched), beside two look-ups and
/// comparisons in code.

#include <berth/object/dictionary.hpp>
#include <berth/object/selector.hpp>

#include <benchmark/benchmark.h>

#include <string>
#include <utility>
#include <vector>

namespace {

using berth::object::selector;
using labels = berth::object::dictionary<std::string>;

auto ten_labels() -> labels {
    return {{"app", "web"},
            {"app.kubernetes.io/instance", "shop"},
            {"app.kubernetes.io/managed-by", "helm"},
            {"app.kubernetes.io/name", "web"},
            {"app.kubernetes.io/version", "1.2.3"},
            {"pod-template-hash", "5d8f9c7b6"},
            {"release", "stable"},
            {"team", "checkout"},
            {"tier", "front"},
            {"track", "blue"}};
}

void match_by_hand(benchmark::State& state) {
    auto const pod = ten_labels();
    for (auto _ : state) {
        auto const* const app = pod.find("app");
        auto const* const tier = pod.find("tier");
        benchmark::DoNotOptimize(app != nullptr && *app == "web" && tier != nullptr &&
                                 (*tier == "front" || *tier == "edge") && !pod.contains("canary"));
    }
}
BENCHMARK(match_by_hand);

void match(benchmark::State& state) {
    auto const pod = ten_labels();
    auto const chosen = *selector::parse("app=web,tier in (edge,front),!canary");
    for (auto _ : state) benchmark::DoNotOptimize(chosen.matches(pod));
}
BENCHMARK(match);

void match_pairs(benchmark::State& state) {
    auto const sorted = ten_labels();
    auto pod = std::vector<std::pair<std::string, std::string>>();
    for (auto const& [key, value] : sorted) pod.emplace_back(key, value);
    auto const chosen = *selector::parse("app=web,tier in (edge,front),!canary");
    for (auto _ : state) benchmark::DoNotOptimize(chosen.matches(pod));
}
BENCHMARK(match_pairs);

void match_number(benchmark::State& state) {
    auto pod = ten_labels();
    pod["generation"] = "41";
    auto const chosen = *selector::parse("generation>40");
    for (auto _ : state) benchmark::DoNotOptimize(chosen.matches(pod));
}
BENCHMARK(match_number);

void parse(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(selector::parse("app=web,tier in (edge,front),!canary"));
}
BENCHMARK(parse);

void print(benchmark::State& state) {
    auto const chosen = *selector::parse("app=web,tier in (edge,front),!canary");
    for (auto _ : state) benchmark::DoNotOptimize(chosen.to_string());
}
BENCHMARK(print);

} // namespace
