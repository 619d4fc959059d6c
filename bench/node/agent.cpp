/// \file
/// How many pods per second does one agent bring up? From 300 pods bound to its node in the API to all of
/// them reported Running, with the simulated runtime: what is measured is the agent and the API server in
/// memory. The limit beside it: writing the same statuses with nobody deciding anything.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/node/agent.hpp>
#include <berth/node/simulated_runtime.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <benchmark/benchmark.h>

#include <string>

using namespace berth;

namespace {

using server_type = api::server;

auto kinds() -> api::registry {
    auto out = api::registry();
    auto pods = api::kind_of<kube::pod>{};
    pods.field_labels = {{"spec.nodeName", [](kube::pod const& p) { return p.spec.node_name; }}};
    out.add(pods).add(api::kind_of<kube::node>{}).add(api::kind_of<kube::lease>{});
    out.add(api::kind_of<kube::config_map>{}).add(api::kind_of<kube::secret>{});
    return out;
}

auto make_pod(std::size_t number) -> kube::pod {
    auto out = kube::pod();
    out.metadata.name = "pod-" + std::to_string(number);
    out.metadata.namespace_ = "default";
    out.spec.node_name = "node-1";
    out.spec.restart_policy = "Always";
    auto& c = out.spec.containers.emplace_back();
    c.name = "app";
    c.image = "app:1";
    c.command = {"serve"};
    c.resources.requests["cpu"] = object::quantity::of_milli(100);
    return out;
}

struct desk {
    sim::virtual_clock clock;
    api::memory_store store;
    api::registry known = kinds();
    server_type server{store, known, {.now = [c = clock] { return c.now(); }, .seed = 1, .admission = {}}};

    explicit desk(std::size_t pods) {
        for (std::size_t i = 0; i < pods; ++i) api::create(server, make_pod(i)).value();
    }
};

void pods_brought_up(benchmark::State& state) {
    auto const count = static_cast<std::size_t>(state.range(0));
    for (auto _ : state) {
        state.PauseTiming();
        auto d = desk(count);
        auto options = node::agent_options{.name = "node-1", .pod_cidr = "10.0.0.0/16"};
        state.ResumeTiming();
        auto agent = node::agent(node::simulated_runtime(), d.server, std::move(options));
        while (agent.step(d.clock.now()) == wake::again()) {}
        if (agent.runtime().running().size() != count) state.SkipWithError("not all pods run");
        state.PauseTiming();
        { auto const gone = std::move(agent); }
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(pods_brought_up)->Arg(300)->Arg(3000)->Unit(benchmark::kMillisecond);

void statuses_written(benchmark::State& state) {
    auto const count = static_cast<std::size_t>(state.range(0));
    for (auto _ : state) {
        state.PauseTiming();
        auto d = desk(count);
        auto const pods = api::list<kube::pod>(d.server).value();
        state.ResumeTiming();
        for (auto const& p : pods) {
            auto changed = *p;
            changed.status.phase = "Running";
            api::update(d.server, std::move(changed), p.revision_of(), "status").value();
        }
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(statuses_written)->Arg(300)->Unit(benchmark::kMillisecond);

/// A step of an agent whose 110 pods run and need nothing.
void idle_step(benchmark::State& state) {
    auto d = desk(110);
    auto agent =
        node::agent(node::simulated_runtime(), d.server, {.name = "node-1", .pod_cidr = "10.0.0.0/16"});
    while (agent.step(d.clock.now()) == wake::again()) {}
    for (auto _ : state) benchmark::DoNotOptimize(agent.step(d.clock.now()));
}
BENCHMARK(idle_step);

} // namespace
