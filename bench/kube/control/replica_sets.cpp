/// \file
/// What do the plans of replica sets cost? 10,000 sets of ten pods each, 100,000 pods: at rest, and with a
/// tenth of the sets one pod short, as pure functions of a world. Beside it a look at each pod of each set,
/// which is the least that a count of them needs. Then replica sets and jobs of 10,000, made whole by their
/// controllers over the API server of the process, beside the same creations through the client alone.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/bench/reconciles.hpp>
#include <berth/kube/admission.hpp>
#include <berth/kube/apps/replica_set/controller.hpp>
#include <berth/kube/batch/job/controller.hpp>
#include <berth/kube/registry.hpp>
#include <berth/reconcile/manager.hpp>
#include <berth/sim/run.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace {

using namespace berth;

constexpr auto sets = 10'000;
constexpr auto each = 10;
constexpr auto controller = kube::replica_set_controller();

auto template_of(std::string const& app) -> kube::pod_template_spec {
    auto t = kube::pod_template_spec();
    t.metadata.labels["app"] = app;
    auto& c = t.spec.containers.emplace_back();
    c.name = "main";
    c.image = "app:v1";
    return t;
}

auto set_of(std::string name, std::int32_t replicas) -> kube::replica_set {
    auto s = kube::replica_set();
    s.metadata.namespace_ = "default";
    s.metadata.name = std::move(name);
    s.spec.replicas = replicas;
    s.spec.selector.engage().match_labels["app"] = s.metadata.name;
    s.spec.template_ = template_of(s.metadata.name);
    return s;
}

/// Sets that have all their pods, ready; a tenth of them may lack one.
struct fleet {
    reconcile::world world;
    std::vector<object::key> keys;

    explicit fleet(bool changed) {
        bench::follow_all(world, controller);
        for (auto n = 0; n < sets; ++n) add(n, changed && n % 10 == 0 ? each - 1 : each);
    }
    auto add(int n, int pods) -> void {
        auto s = set_of("set-" + std::to_string(n), each);
        s.metadata.uid = "uid-" + std::to_string(n);
        s.status.replicas = s.status.fully_labeled_replicas = each;
        s.status.ready_replicas = s.status.available_replicas = each;
        s.status.terminating_replicas = 0;
        for (auto i = 0; i < pods; ++i) {
            auto p = kube::pod_like(s.spec.template_, s.metadata, reconcile::controlled_by(s));
            p.metadata.name = s.metadata.name + "-" + std::to_string(i);
            p.metadata.uid = p.metadata.name;
            p.status.phase = "Running";
            auto& ready = p.status.conditions.emplace_back();
            ready.type = "Ready";
            ready.status = "True";
            world.add(std::move(p));
        }
        keys.push_back(s.metadata.where());
        world.add(std::move(s));
    }
};

auto plans(benchmark::State& state, bool changed) -> void {
    auto const all = fleet(changed);
    auto steps = std::size_t{0};
    for (auto _ : state) {
        auto const seen = all.world.at({});
        steps = 0;
        for (auto const& k : all.keys) steps += controller.reconcile(seen, k).steps.size();
    }
    if (changed != (steps > 0)) state.SkipWithError("there are other plans than there should be");
    state.SetItemsProcessed(state.iterations() * sets);
}
BENCHMARK_CAPTURE(plans, at_rest, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(plans, a_tenth_changed, true)->Unit(benchmark::kMillisecond);

/// At rest, each with a snapshot of its own, as loops take them: while nothing happens; with a pod written
/// before each when nobody looks any more, as where one thread does all; and with the last snapshot still
/// held, so that what is written is copied, as where others ingest meanwhile.
enum class meanwhile { nothing, written, written_beside_a_look };

auto views(benchmark::State& state, meanwhile what) -> void {
    auto all = fleet(false);
    auto const& pods = *all.world.find(object::type_of<kube::pod>());
    auto steps = std::size_t{0};
    for (auto _ : state) {
        auto seen = std::optional<reconcile::snapshot>();
        for (auto const& k : all.keys) {
            if (what == meanwhile::written) {
                seen.reset();
                all.world.forget_view();
            }
            if (what != meanwhile::nothing) all.world.add(pods.find("default", k.name + "-0")->object);
            seen.emplace(all.world.at({}));
            steps += controller.reconcile(*seen, k).steps.size();
        }
    }
    if (steps > 0) state.SkipWithError("there are other plans than there should be");
    state.SetItemsProcessed(state.iterations() * sets);
}
BENCHMARK_CAPTURE(views, at_rest, meanwhile::nothing)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(views, written, meanwhile::written)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(views, written_beside_a_look, meanwhile::written_beside_a_look)
    ->Unit(benchmark::kMillisecond);

/// A look at the labels and the phase of each pod of each set.
auto looks(benchmark::State& state) -> void {
    auto const all = fleet(false);
    for (auto _ : state) {
        auto const seen = all.world.at({});
        auto running = std::size_t{0};
        for (auto const& k : all.keys)
            for (auto const p : seen.owned_by<kube::pod>(seen.get<kube::replica_set>(k)))
                running += p->status.phase == "Running" && p->metadata.labels.contains("app") ? 1 : 0;
        benchmark::DoNotOptimize(running);
    }
    state.SetItemsProcessed(state.iterations() * sets);
}
BENCHMARK(looks)->Unit(benchmark::kMillisecond);

// ---- 10,000 pods from nothing

constexpr auto many = 10'000;

/// An API server, in virtual time.
struct desk {
    sim::virtual_clock clock;
    api::memory_store store;
    api::server server{
        store, kube::registry(), {.now = [this] { return clock.now(); }, .seed = 1, .admission = {}}};

    [[nodiscard]] auto pods() -> std::size_t { return api::list<kube::pod>(server).value().size(); }
};

template <class Controller, class Owner> auto made_whole(benchmark::State& state, Owner const& wanted)
    -> void {
    for (auto _ : state) {
        state.PauseTiming();
        auto d = desk();
        auto all = reconcile::manager(Controller());
        all.start(d.server);
        if (!api::create(d.server, wanted)) return state.SkipWithError("the object is refused");
        state.ResumeTiming();
        auto const report = sim::run(d.clock, {.seed = 1}, all);
        benchmark::DoNotOptimize(report);
        state.PauseTiming();
        if (d.pods() != many) state.SkipWithError("there are other pods than there should be");
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * many);
}

auto replica_set_of_10000(benchmark::State& state) -> void {
    made_whole<kube::replica_set_controller>(state, set_of("big", many));
}
BENCHMARK(replica_set_of_10000)->Unit(benchmark::kMillisecond);

auto job_of_10000_indexes(benchmark::State& state) -> void {
    auto j = kube::job();
    j.metadata.namespace_ = "default";
    j.metadata.name = "big";
    j.spec.completions = j.spec.parallelism = many;
    j.spec.completion_mode.engage() = "Indexed";
    j.spec.template_ = template_of("big");
    j.spec.template_.spec.restart_policy = "Never";
    made_whole<kube::job_controller>(state, j);
}
BENCHMARK(job_of_10000_indexes)->Unit(benchmark::kMillisecond);

/// The same pods without a controller, one request each.
auto pods_by_hand(benchmark::State& state) -> void {
    for (auto _ : state) {
        state.PauseTiming();
        auto d = desk();
        auto const s = api::create(d.server, set_of("big", many)).value();
        state.ResumeTiming();
        for (auto n = 0; n < many; ++n)
            (void)api::create(d.server,
                              kube::pod_like(s->spec.template_, s->metadata, reconcile::controlled_by(*s)));
    }
    state.SetItemsProcessed(state.iterations() * many);
}
BENCHMARK(pods_by_hand)->Unit(benchmark::kMillisecond);

} // namespace
