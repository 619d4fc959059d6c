/// \file
/// What does it cost to pretend nodes? Heartbeats of all nodes of a fleet for their interval of ten seconds,
/// beside the same renewals written by hand; pods from bound to Running; and the whole way of large sets in
/// one process: a deployment, a replica set and a job, from the request until all their pods run, with the
/// scheduler and all controllers, and what comes back after machines have died. Time is virtual: what is
/// measured is work, none of it waiting.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/bench/heap.hpp>
#include <berth/kube/admission.hpp>
#include <berth/kube/bootstrap.hpp>
#include <berth/kube/control/controller_manager.hpp>
#include <berth/kube/core/event/recorder.hpp>
#include <berth/kube/registry.hpp>
#include <berth/kube/schedule/scheduler.hpp>
#include <berth/node/fleet.hpp>
#include <berth/node/node_object.hpp>
#include <berth/sim/run.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace berth;

auto options_of(std::int64_t nodes) -> node::fleet_options {
    auto out = node::fleet_options{};
    out.each.pod_cidr = "10.0.0.0/8";
    for (std::int64_t i = 0; i < nodes; ++i) out.nodes.push_back({.name = "node-" + std::to_string(i)});
    return out;
}

/// An API server, in virtual time.
struct desk {
    explicit desk(bool admission = false) {
        auto options = api::server_options{.now = [this] { return clock.now(); }, .seed = 1, .admission = {}};
        if (admission) options.admission = kube::admission({.seed = 1});
        server.emplace(store, kinds, std::move(options));
    }

    sim::virtual_clock clock;
    api::memory_store store;
    api::shared_registry kinds = api::shared_registry(kube::registry());
    std::optional<api::server> server;
};

/// Ten seconds in the life of nodes.
void heartbeats(benchmark::State& state) {
    auto d = desk();
    auto const before = bench::heap_bytes();
    auto all = node::fleet(*d.server, options_of(state.range(0)));
    sim::run(d.clock, {.time_limit = seconds(30)}, all);
    state.counters["bytes_per_node"] = (bench::heap_bytes() - before) / static_cast<double>(state.range(0));
    auto const renewals = all.counters().renewals;
    for (auto _ : state) sim::run(d.clock, {.time_limit = seconds(10)}, all);
    state.SetItemsProcessed(static_cast<std::int64_t>(all.counters().renewals - renewals));
    if (all.counters().refused != 0) state.SkipWithError("writes were refused");
}
BENCHMARK(heartbeats)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

/// The limit: the same leases written with nobody keeping the time.
void renewals_by_hand(benchmark::State& state) {
    auto d = desk();
    auto leases = std::vector<object::stored<kube::lease>>();
    for (std::int64_t i = 0; i < state.range(0); ++i)
        leases.push_back(api::create(*d.server, node::new_lease({.name = "node-" + std::to_string(i)}, "uid",
                                                                d.clock.now()))
                             .value());
    for (auto _ : state) {
        d.clock.advance(seconds(10));
        for (std::size_t begin = 0; begin < leases.size(); begin += 1'000) {
            auto batch = std::vector<api::write>();
            for (auto i = begin; i < std::min(leases.size(), begin + 1'000); ++i) {
                auto renewed = *leases[i];
                renewed.spec.renew_time = object::micro_timestamp(d.clock.now());
                auto w = api::update_request{object::any_object(std::move(renewed))};
                w.options.expected = leases[i].revision_of();
                batch.emplace_back(std::move(w));
            }
            auto answers = d.server->commit(batch);
            for (std::size_t i = 0; i < answers.size(); ++i)
                leases[begin + i] = object::stored<kube::lease>(std::move(answers[i].value().object));
        }
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(renewals_by_hand)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

auto template_of(std::string const& app) -> kube::pod_template_spec {
    auto t = kube::pod_template_spec();
    t.metadata.labels["app"] = app;
    auto& c = t.spec.containers.emplace_back();
    c.name = "main";
    c.image = "app:v1";
    c.resources.requests["cpu"] = object::quantity::of_milli(10);
    return t;
}

auto pods_brought_up(benchmark::State& state) -> void {
    constexpr auto pods = 5'000;
    for (auto _ : state) {
        state.PauseTiming();
        auto d = std::make_unique<desk>();
        auto all = std::make_unique<node::fleet>(*d->server, options_of(state.range(0)));
        sim::run(d->clock, {.time_limit = seconds(1)}, *all);
        for (auto i = 0; i < pods; ++i) {
            auto p = kube::pod();
            p.metadata.name = "pod-" + std::to_string(i);
            p.metadata.namespace_ = "default";
            p.spec = template_of("web").spec;
            p.spec.node_name = "node-" + std::to_string(i % state.range(0));
            if (!api::create(*d->server, std::move(p))) return state.SkipWithError("a pod is refused");
        }
        state.ResumeTiming();
        sim::run(d->clock, {.until = [&] { return all->runtime().size() == pods; }}, *all);
        state.PauseTiming();
        all.reset();
        d.reset();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * pods);
}
BENCHMARK(pods_brought_up)->Arg(64)->Arg(1'000)->Unit(benchmark::kMillisecond);

/// A whole control plane with simulated nodes.
struct plane : desk {
    explicit plane(std::int64_t nodes)
        : desk(true),
          scheduled(client("kube-scheduler"), {"default-scheduler", ""},
                    {.remembered = 65'536, .batch = 256}),
          told(client("kubelet"), {"kubelet", ""}, {.remembered = 65'536, .batch = 256}),
          controllers(client("kube-controller-manager"), kinds),
          scheduler(client("kube-scheduler"), scheduling()),
          fleet(client("kubelet"), options_of(nodes),
                [this](auto const& note, auto const& field, auto const& node, auto now) {
                    told.record(note, field, node, now);
                }) {
        kube::bootstrap(client("kube-apiserver"), {.policy = false}).value();
        sim::run(clock, {.time_limit = seconds(15)}, *this);
    }

    auto client(std::string_view who) -> api::any_client {
        return api::any_client(server->as(api::system_identity(who)));
    }
    auto scheduling() -> kube::scheduler_options {
        auto out = kube::scheduler_options{};
        out.record = [this](auto const& note, auto now) { scheduled(note, now); };
        return out;
    }
    auto step(time_point now) -> wake {
        auto next = controllers.step(now);
        next = sooner(next, scheduler.step(now));
        next = sooner(next, fleet.step(now));
        scheduled.flush();
        told.flush();
        return next;
    }
    auto on_wake(waker w) -> void {
        controllers.on_wake(w);
        scheduler.on_wake(w);
        fleet.on_wake(w);
    }
    /// Lets time pass until so many pods run.
    auto run_until(std::size_t pods) -> bool {
        auto const why =
            sim::run(clock, {.time_limit = minutes(30), .until = [&] { return running() == pods; }}, *this)
                .why;
        return why == sim::ending::reached;
    }
    auto running() -> std::size_t { return fleet.runtime().size(); }

    kube::event_recorder scheduled;
    kube::event_recorder told;
    kube::controller_manager controllers;
    kube::scheduler<> scheduler;
    node::fleet fleet;
};

template <class T> auto named(std::string name) -> T {
    auto out = T();
    out.metadata.namespace_ = "default";
    out.metadata.name = std::move(name);
    return out;
}

/// From the request until all pods run.
template <class T> auto all_run(benchmark::State& state, T const& wanted, std::size_t pods) -> void {
    for (auto _ : state) {
        state.PauseTiming();
        auto p = std::make_unique<plane>(state.range(0));
        auto const before = bench::heap_bytes();
        state.ResumeTiming();
        if (!api::create(*p->server, wanted)) return state.SkipWithError("the object is refused");
        if (!p->run_until(pods)) return state.SkipWithError("not all pods run");
        state.PauseTiming();
        state.counters["bytes_per_pod"] = (bench::heap_bytes() - before) / static_cast<double>(pods);
        p.reset();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(pods));
}

auto deployment_of(std::int32_t replicas) -> kube::deployment {
    auto out = named<kube::deployment>("web");
    out.spec.replicas = replicas;
    out.spec.selector.engage().match_labels["app"] = "web";
    out.spec.template_ = template_of("web");
    return out;
}

void deployment_of_5000(benchmark::State& state) { all_run(state, deployment_of(5'000), 5'000); }
BENCHMARK(deployment_of_5000)->Arg(64)->Arg(1'000)->Unit(benchmark::kMillisecond)->Iterations(1);

void replica_set_of_10000(benchmark::State& state) {
    auto s = named<kube::replica_set>("web");
    s.spec.replicas = 10'000;
    s.spec.selector.engage().match_labels["app"] = "web";
    s.spec.template_ = template_of("web");
    all_run(state, s, 10'000);
}
BENCHMARK(replica_set_of_10000)->Arg(1'000)->Unit(benchmark::kMillisecond)->Iterations(1);

void job_of_10000(benchmark::State& state) {
    auto j = named<kube::job>("web");
    j.spec.completions = j.spec.parallelism = 10'000;
    j.spec.completion_mode.engage() = "Indexed";
    j.spec.template_ = template_of("web");
    j.spec.template_.spec.restart_policy = "Never";
    all_run(state, j, 10'000);
}
BENCHMARK(job_of_10000)->Arg(1'000)->Unit(benchmark::kMillisecond)->Iterations(1);

/// 30 of 1,000 nodes die with all that runs on them, until as many pods run again as before.
void machines_die(benchmark::State& state) {
    for (auto _ : state) {
        state.PauseTiming();
        auto p = std::make_unique<plane>(300);
        if (!api::create(*p->server, deployment_of(10'000)) || !p->run_until(10'000))
            return state.SkipWithError("not all pods run");
        for (auto i = 0; i < 30; ++i) p->fleet.lose("node-" + std::to_string(i));
        p->step(p->clock.now());
        state.counters["pods_lost"] = static_cast<double>(10'000 - p->running());
        auto const begin = p->clock.now();
        state.ResumeTiming();
        if (!p->run_until(10'000)) return state.SkipWithError("not all pods come back");
        state.PauseTiming();
        state.counters["virtual_seconds"] = static_cast<double>((p->clock.now() - begin).nanoseconds) / 1e9;
        p.reset();
        state.ResumeTiming();
    }
}
BENCHMARK(machines_die)->Unit(benchmark::kMillisecond)->Iterations(1);

/// What 5,000 nodes and 11,000 pods take of the heap, with everything that looks after them.
void heap_of_a_large_cluster(benchmark::State& state) {
    for (auto _ : state) {
        auto const before = bench::heap_bytes();
        auto p = std::make_unique<plane>(5'000);
        auto const empty = bench::heap_bytes() - before;
        if (!api::create(*p->server, deployment_of(11'000)) || !p->run_until(11'000))
            return state.SkipWithError("not all pods run");
        state.counters["MiB"] = (bench::heap_bytes() - before) / (1 << 20);
        state.counters["MiB_of_nodes"] = empty / (1 << 20);
    }
}
BENCHMARK(heap_of_a_large_cluster)->Unit(benchmark::kMillisecond)->Iterations(1);

} // namespace
