/// \file
/// How many pods does the scheduler place in a second, and what of it is the decision? The whole path: pods
/// wait in an API in memory, are decided for one by one over all nodes, and are bound through the API. Beside
/// it: the decision alone, and the same decision as a loop written by hand, which knows only cpu, memory and
/// the count of pods.

#include <berth/api/server.hpp>
#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/schedule/scheduler.hpp>
#include <berth/store/memory.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace berth;

using server_type = api::server;

constexpr auto start = time_point::from_unix_seconds(1'767'225'600);

auto bind(kube::pod& p, void const* body, api::action_context const&) -> result<object::any_object> {
    p.spec.node_name = static_cast<kube::binding const*>(body)->target.name;
    return object::any_object();
}

auto make_kinds() -> api::registry {
    auto out = api::registry();
    auto pods = api::kind_of<kube::pod>{};
    pods.subresources = {api::action_of<kube::pod>{"binding", &object::type_of<kube::binding>(), &bind}};
    out.add(std::move(pods));
    out.add(api::kind_of<kube::node>{});
    kube::catalogue().each([&]<class T>(kube::shelf<T>&) { out.add(api::kind_of<T>{}); });
    return out;
}

/// A node of 64 processors and 256 GiB, with room for 110 pods.
auto make_node(std::int64_t i) -> kube::node {
    auto n = kube::node{};
    n.metadata.name = "node-" + std::to_string(i);
    n.metadata.labels["kubernetes.io/hostname"] = n.metadata.name;
    n.status.allocatable["cpu"] = object::quantity::of(64);
    n.status.allocatable["memory"] = object::quantity::of(std::int64_t{256} << 30U);
    n.status.allocatable["pods"] = object::quantity::of(110);
    return n;
}

/// A pod that asks for a tenth of a processor and 128 MiB.
auto make_pod(std::int64_t i) -> kube::pod {
    auto p = kube::pod{};
    p.metadata.name = "pod-" + std::to_string(i);
    p.metadata.namespace_ = "default";
    p.metadata.uid = std::to_string(i);
    auto& c = p.spec.containers.emplace_back();
    c.name = "main";
    c.resources.requests["cpu"] = object::quantity::of_milli(100);
    c.resources.requests["memory"] = object::quantity::of(std::int64_t{128} << 20U);
    return p;
}

/// A cluster with a scheduler that knows all nodes.
struct cluster {
    explicit cluster(std::int64_t nodes) {
        for (std::int64_t i = 0; i < nodes; ++i) {
            auto const made = api::create(server, make_node(i)).value();
            (void)api::update(server, make_node(i), made.revision_of(), "status");
        }
        scheduler.emplace(server);
        work();
    }
    /// Lets the scheduler work until it has nothing to do now.
    auto work() -> void {
        while (scheduler->step(start).kind == wake::when::again) {}
    }

    store::memory<object::any_object> store;
    api::registry kinds = make_kinds();
    server_type server{store, kinds, {[] { return start; }, 1, {}}};
    std::optional<kube::scheduler<>> scheduler;
};

auto whole_path(benchmark::State& state) -> void {
    constexpr std::int64_t round = 1000;
    auto c = cluster(state.range(0));
    auto made = std::int64_t{0};
    for (auto _ : state) {
        state.PauseTiming();
        for (std::int64_t i = 0; i < round; ++i) (void)api::create(c.server, make_pod(made++));
        state.ResumeTiming();
        c.work();
        c.work();
        state.PauseTiming();
        if (c.scheduler->counters().placed != static_cast<std::uint64_t>(made))
            state.SkipWithError("not all pods were placed");
        for (auto i = made - round; i < made; ++i)
            (void)api::remove<kube::pod>(c.server, {"default", "pod-" + std::to_string(i)});
        c.work();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * round);
}

auto make_infos(std::int64_t nodes) -> std::vector<kube::node_info> {
    auto out = std::vector<kube::node_info>();
    for (std::int64_t i = 0; i < nodes; ++i) {
        auto& n = out.emplace_back(object::stored<kube::node>({object::any_object(make_node(i)), 1}));
        for (std::int64_t k = 0; k < i * 7 % 50 + 1; ++k)
            n.add(kube::pod_info(object::stored<kube::pod>({object::any_object(make_pod(k)), 1})));
    }
    return out;
}
auto incoming() -> kube::pod_info {
    return kube::pod_info(object::stored<kube::pod>({object::any_object(make_pod(0)), 1}));
}

auto decision(benchmark::State& state) -> void {
    auto const nodes = make_infos(state.range(0));
    auto const p = incoming();
    auto work = schedule::workspace{};
    for (auto _ : state) {
        auto const where = schedule::place(p, nodes, kube::default_profile, work);
        benchmark::DoNotOptimize(where.has_value());
    }
    state.SetItemsProcessed(state.iterations());
}

auto by_hand(benchmark::State& state) -> void {
    auto const nodes = make_infos(state.range(0));
    auto const p = incoming();
    for (auto _ : state) {
        auto best = std::numeric_limits<std::int64_t>::min();
        auto where = nodes.size();
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            auto const& n = nodes[i];
            auto const cpu = n.allocatable.cpu - n.requested.cpu - p.request.cpu;
            auto const memory = n.allocatable.memory - n.requested.memory - p.request.memory;
            if (std::ssize(n.pods) >= n.pod_limit || cpu < 0 || memory < 0) continue;
            auto const points = (cpu * 100 / n.allocatable.cpu + memory * 100 / n.allocatable.memory) / 2;
            if (points <= best) continue;
            best = points;
            where = i;
        }
        benchmark::DoNotOptimize(where);
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(whole_path)->Arg(100)->Arg(5000)->Unit(benchmark::kMillisecond);
BENCHMARK(decision)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);
BENCHMARK(by_hand)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);

} // namespace
