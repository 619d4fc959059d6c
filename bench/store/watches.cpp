/// \file
/// What do idle watches cost a writer? The aim: 5,000 of them, each of one object, cost at most 10 %.
///
/// Beside it stands what they cost if each change wakes all of them, as one signal for the whole store would:
/// each looks, and finds nothing.

#include <berth/bench/add.hpp>
#include <berth/bench/store_load.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/operations.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <string>
#include <vector>

using namespace berth;
using bench::items;

namespace {

using text_store = store::memory<std::string>;

auto object_key(std::size_t i) -> std::string { return bench::key_of(i); }

/// Cursors that wait for a waker, which counts.
struct idle_watches {
    std::vector<text_store::cursor> cursors{};
    std::size_t calls = 0;

    idle_watches(text_store const& s, std::size_t n) {
        for (std::size_t i = 0; i < n; ++i) {
            cursors.push_back(s.watch({.key = object_key(1'000'000 + i)}).value());
            cursors.back().on_wake({[](void* p) { ++static_cast<idle_watches*>(p)->calls; }, this});
            static_cast<void>(cursors.back().next());
        }
    }
};

/// Puts of 10,000 objects that nobody watches, beside so many watches of single objects.
auto put_beside_idle_watches(benchmark::State& state) -> void {
    auto const value = std::string(1024, 'v');
    auto s = text_store{};
    for (std::size_t i = 0; i < 10'000; ++i) static_cast<void>(store::put(s, object_key(i), value));
    auto watches = idle_watches(s, static_cast<std::size_t>(state.range(0)));
    auto keys = std::vector<std::string>{};
    for (std::size_t i = 0; i < 10'000; ++i) keys.push_back(object_key(i * 7919 % 10'000));
    auto n = std::size_t{0};
    for (auto _ : state) {
        benchmark::DoNotOptimize(store::put(s, {.key = keys[n % keys.size()], .value = value}));
        if (++n % 100'000 == 0) static_cast<void>(s.compact(s.revision() - 10'000));
    }
    if (watches.calls != 0) state.SkipWithError("a watch of another object was woken");
    items(state, 1);
}

/// The rival: one signal, all look.
auto put_waking_all(benchmark::State& state) -> void {
    auto const value = std::string(1024, 'v');
    auto s = text_store{};
    auto watches = idle_watches(s, static_cast<std::size_t>(state.range(0)));
    auto n = std::size_t{0};
    for (auto _ : state) {
        benchmark::DoNotOptimize(store::put(s, {.key = object_key(n % 10'000), .value = value}));
        for (auto& c : watches.cursors) benchmark::DoNotOptimize(c.next());
        if (++n % 100'000 == 0) static_cast<void>(s.compact(s.revision() - 10'000));
    }
    items(state, 1);
}

/// The same beside watches of prefixes, as of so many namespaces.
auto put_beside_idle_prefixes(benchmark::State& state) -> void {
    auto const value = std::string(1024, 'v');
    auto s = text_store{};
    auto cursors = std::vector<text_store::cursor>{};
    for (auto i = std::int64_t{0}; i < state.range(0); ++i) {
        auto const prefix = "/registry/pods/team-" + std::to_string(i) + "/";
        cursors.push_back(s.watch({.key = prefix, .range_end = store::prefix_end(prefix)}).value());
        cursors.back().on_wake({[](void*) {}, &s});
        static_cast<void>(cursors.back().next());
    }
    auto n = std::size_t{0};
    for (auto _ : state) {
        benchmark::DoNotOptimize(store::put(s, {.key = object_key(n % 10'000), .value = value}));
        if (++n % 100'000 == 0) static_cast<void>(s.compact(s.revision() - 10'000));
    }
    items(state, 1);
}

BENCHMARK(put_beside_idle_watches)->Arg(0)->Arg(50)->Arg(5'000);
BENCHMARK(put_beside_idle_prefixes)->Arg(0)->Arg(50)->Arg(5'000);
BENCHMARK(put_waking_all)->Arg(50)->Arg(5'000);

} // namespace
