/// \file
/// What does it cost that a profile is chosen at run time? The default profile as the compiler knows it
/// beside the same one from settings, as a file gives them: a pod is placed on one of n nodes by a placer
/// that remembers, and enters its node. `times compiled` is the ratio of both, taken in turns.

#include <berth/bench/pods.hpp>
#include <berth/kube/schedule/configured_profile.hpp>
#include <berth/schedule/placer.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace berth;

auto make_nodes(std::int64_t count) -> std::vector<kube::node_info> {
    auto out = std::vector<kube::node_info>();
    for (std::int64_t i = 0; i < count; ++i)
        out.emplace_back(bench::as_stored(
            bench::make_node(i, {.cpu = 32, .memory_gib = 256, .pods = 1'000'000, .zones = 3})));
    return out;
}
auto make_pod() -> kube::pod_info {
    auto p = kube::pod();
    p.metadata.name = p.metadata.uid = "p";
    p.metadata.namespace_ = "default";
    p.spec.containers.emplace_back().resources.requests["cpu"] = object::quantity::of_milli(1);
    return kube::pod_info(bench::as_stored(std::move(p)), kube::empty_catalogue());
}

/// A cluster with who places pods on it.
template <class Profile> class run {
public:
    run(Profile profile, std::int64_t nodes) : nodes_(make_nodes(nodes)), placer_(std::move(profile)) {}

    auto place(kube::pod_info const& p) -> std::size_t {
        auto const where = placer_.place(p, std::span<kube::node_info const>(nodes_));
        if (!where) return nodes_.size();
        nodes_[where->node].add(p);
        placer_.entered(p, where->node, std::span<kube::node_info const>(nodes_));
        return where->node;
    }
    auto seconds_for(kube::pod_info const& p, int pods) -> double {
        auto const start = std::chrono::steady_clock::now();
        for (auto i = 0; i < pods; ++i) benchmark::DoNotOptimize(place(p));
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }

private:
    std::vector<kube::node_info> nodes_;
    schedule::placer<kube::pod_info, kube::node_info, Profile, kube::facets::pod_books> placer_;
};

auto configured(benchmark::State& state) -> void {
    auto const p = make_pod();
    auto compiled = run(kube::default_profile, state.range(0));
    auto by_settings = run(kube::configured_profile({}), state.range(0));
    for (auto i = 0; i < 100; ++i)
        if (compiled.place(p) != by_settings.place(p)) return state.SkipWithError("they decide otherwise");
    auto ratios = std::vector<double>();
    for (auto i = 0; i < 41; ++i) {
        auto const one = compiled.seconds_for(p, 50);
        ratios.push_back(by_settings.seconds_for(p, 50) / one);
    }
    std::ranges::sort(ratios);
    for (auto _ : state) benchmark::DoNotOptimize(by_settings.place(p));
    state.SetItemsProcessed(state.iterations());
    state.counters["times compiled"] = ratios[ratios.size() / 2];
}

BENCHMARK(configured)->Arg(1'000)->Arg(5'000)->Iterations(2'000);

} // namespace
