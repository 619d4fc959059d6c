/// \file
/// What does a request cost in the process, past defaults, validation, managed fields and the store? Pods of
/// two containers are created, updated, patched, applied, listed and watched, over the store in memory. The
/// limit is what no server can leave out: to parse the pod's text and to write it down again. The aim for
/// apply is 20,000 a second at -O2.

#include "pods.hpp"

#include <benchmark/benchmark.h>

#include <string>
#include <utility>
#include <vector>

using namespace pods;

namespace {

auto create(benchmark::State& state) -> void {
    auto d = desk();
    pods::create(state, d.server);
}
auto update(benchmark::State& state) -> void {
    auto d = desk();
    pods::update(state, d.server);
}
auto merge_patch(benchmark::State& state) -> void {
    auto d = desk();
    pods::merge_patch(state, d.server);
}
auto apply(benchmark::State& state) -> void {
    auto d = desk();
    pods::apply(state, d.server);
}
auto list(benchmark::State& state) -> void {
    auto d = desk();
    pods::list(state, d, d.server);
}

auto apply_new(benchmark::State& state) -> void {
    auto d = desk();
    auto n = 0;
    for (auto _ : state) {
        auto const name = "web-" + std::to_string(n++);
        must(d.server.apply(kube::pod::resource, {"default", name}, text_of(name, "1"), by("kubectl")));
    }
    state.SetItemsProcessed(state.iterations());
}

/// Events told to a number of watches, each of which is told all.
auto watch(benchmark::State& state) -> void {
    auto d = desk();
    auto there = must(api::create(d.server, pod_of("web")));
    auto watches = std::vector<api::watcher>();
    for (auto i = 0; i < state.range(0); ++i)
        watches.push_back(must(d.server.watch(kube::pod::resource, {})));
    auto told = std::int64_t{0};
    auto const read = [&] {
        for (auto& w : watches)
            while (must(w.next())) ++told;
    };
    read();
    for (auto _ : state) {
        there = update_once(d.server, there);
        read();
    }
    state.SetItemsProcessed(told);
}

/// The limit: text to object to text.
auto read_and_write(benchmark::State& state) -> void {
    auto const text = text_of("web", "1");
    for (auto _ : state) {
        auto const p = must(object::from_json_text<kube::pod>(text));
        benchmark::DoNotOptimize(object::to_json_text(p));
    }
    state.SetItemsProcessed(state.iterations());
}

} // namespace

BENCHMARK(read_and_write);
BENCHMARK(create);
BENCHMARK(update);
BENCHMARK(merge_patch);
BENCHMARK(apply)->ArgName("changes")->Arg(0)->Arg(1);
BENCHMARK(apply_new);
BENCHMARK(list)->Arg(1000);
BENCHMARK(watch)->Arg(1)->Arg(50);
