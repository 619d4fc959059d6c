/// \file
/// How fast is the memory store, and what does it weigh?
///
/// Aims: a million puts a second by one writer (256-byte values), five million deliveries a second to any
/// number of watch cursors, at most 200 bytes per key and 64 per retained old version beyond keys and values.
/// Beside it stand the limit (copying the value), and the obvious store: a `std::map` of version vectors with
/// a log that copies.

#include <berth/bench/add.hpp>
#include <berth/bench/heap.hpp>
#include <berth/bench/store_load.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/operations.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace berth;
using bench::heap_bytes;
using bench::items;
using bench::key_of;

namespace {

using text_store = store::memory<std::string>;
using handle_store = store::memory<std::shared_ptr<std::string const>>;

auto keys_of(std::size_t n) -> std::vector<std::string> {
    auto out = std::vector<std::string>{};
    for (std::size_t i = 0; i < n; ++i) out.push_back(key_of(i * 7919 % n));
    return out;
}

/// What one would write first: each read and each event is a copy.
struct obvious_store {
    struct version {
        std::int64_t mod, create, count;
        std::string value;
    };
    struct change {
        std::string key;
        version now;
    };
    std::map<std::string, std::vector<version>> keys;
    std::vector<change> log;
    std::int64_t revision = 1;

    auto put(std::string const& key, std::string value) -> void {
        auto& versions = keys[key];
        ++revision;
        auto const create = versions.empty() ? revision : versions.back().create;
        versions.push_back(
            {revision, create, static_cast<std::int64_t>(versions.size()) + 1, std::move(value)});
        log.push_back({key, versions.back()});
    }
};

// --- writing: one writer, 256-byte values ---------------------------------------------------------------

/// The limit: building the key and the value, nothing else.
auto limit_build_request(benchmark::State& state) -> void {
    auto const keys = keys_of(static_cast<std::size_t>(state.range(0)));
    auto const value = std::string(256, 'v');
    auto i = std::size_t{0};
    for (auto _ : state) {
        auto request = store::put_request<std::string>{.key = keys[i], .value = value};
        benchmark::DoNotOptimize(request);
        if (++i == keys.size()) i = 0;
    }
    items(state, 1);
}

/// Puts of keys that exist; compacts every 100,000 writes as a server would, in the measured time.
auto put_existing(benchmark::State& state) -> void {
    auto const keys = keys_of(static_cast<std::size_t>(state.range(0)));
    auto const value = std::string(256, 'v');
    auto s = text_store{};
    for (auto const& key : keys) static_cast<void>(store::put(s, key, value));
    auto i = std::size_t{0};
    auto n = std::size_t{0};
    for (auto _ : state) {
        benchmark::DoNotOptimize(store::put(s, {.key = keys[i], .value = value}));
        if (++i == keys.size()) i = 0;
        if (++n % 100'000 == 0) static_cast<void>(s.compact(s.revision() - 10'000));
    }
    items(state, 1);
}

auto put_existing_obvious(benchmark::State& state) -> void {
    auto const keys = keys_of(static_cast<std::size_t>(state.range(0)));
    auto const value = std::string(256, 'v');
    auto s = obvious_store{};
    auto i = std::size_t{0};
    for (auto _ : state) {
        s.put(keys[i], value);
        if (++i == keys.size()) i = 0;
        if (s.log.size() == 100'000) {
            state.PauseTiming();
            s = {};
            state.ResumeTiming();
        }
    }
    items(state, 1);
}

/// Puts of new keys, in random order.
auto put_new(benchmark::State& state) -> void {
    auto const keys = keys_of(static_cast<std::size_t>(state.range(0)));
    auto const value = std::string(256, 'v');
    for (auto _ : state) {
        auto s = std::make_unique<text_store>();
        for (auto const& key : keys) benchmark::DoNotOptimize(store::put(*s, {.key = key, .value = value}));
        state.PauseTiming();
        s.reset();
        state.ResumeTiming();
    }
    items(state, state.range(0));
}

/// Batches of optimistic updates of shared handles, as an API server writes.
auto commit_batch(benchmark::State& state) -> void {
    auto const size = static_cast<std::size_t>(state.range(0));
    auto const keys = keys_of(10'000);
    auto const value = std::make_shared<std::string const>(256, 'v');
    using handle = std::shared_ptr<std::string const>;
    auto s = handle_store{};
    auto at = std::vector<store::revision_number>{};
    for (auto const& key : keys) at.push_back(store::put(s, key, value)->revision);
    auto i = std::size_t{0};
    auto n = std::size_t{0};
    for (auto _ : state) {
        auto batch = std::vector<store::txn<handle>>{};
        batch.reserve(size);
        auto const first = i;
        for (std::size_t k = 0; k < size; ++k, i = (i + 1) % keys.size()) {
            auto put = store::put_request<handle>{.key = keys[i], .value = value};
            batch.push_back(store::if_unchanged<handle>(keys[i], at[i], std::move(put)));
        }
        auto const done = s.commit(batch);
        for (std::size_t k = 0; k < size; ++k) at[(first + k) % keys.size()] = done[k]->revision;
        if ((n += size) > 100'000) {
            n = 0;
            static_cast<void>(s.compact(s.revision() - 10'000));
        }
    }
    items(state, state.range(0));
}

// --- watching -------------------------------------------------------------------------------------------

/// The limit: copying one shared pointer per delivery.
auto limit_copy_handles(benchmark::State& state) -> void {
    auto const handle = std::make_shared<std::string const>(256, 'v');
    auto const cursors = static_cast<std::size_t>(state.range(0));
    auto out = std::vector<std::shared_ptr<std::string const>>(cursors);
    for (auto _ : state) {
        for (auto& o : out) o = handle;
        benchmark::ClobberMemory();
    }
    items(state, state.range(0));
}

/// Each of the cursors sees each of the puts; `batch` puts are made before the cursors look.
auto deliver(benchmark::State& state) -> void {
    auto const cursors = static_cast<std::size_t>(state.range(0));
    auto const batch = static_cast<std::size_t>(state.range(1));
    auto const keys = keys_of(1'000);
    auto const value = std::string(256, 'v');
    auto s = text_store{};
    for (auto const& key : keys) static_cast<void>(store::put(s, key, value));
    auto watching = std::vector<text_store::cursor>{};
    for (std::size_t i = 0; i < cursors; ++i) {
        watching.push_back(s.watch({.key = "/registry/pods/",
                                    .range_end = store::prefix_end("/registry/pods/"),
                                    .want_previous = true})
                               .value());
    }
    auto i = std::size_t{0};
    auto seen = std::size_t{0};
    for (auto _ : state) {
        for (std::size_t k = 0; k < batch; ++k, i = (i + 1) % keys.size())
            static_cast<void>(store::put(s, {.key = keys[i], .value = value}));
        for (auto& c : watching) seen += c.next()->size();
        if (s.revision() - s.compacted() > 50'000) static_cast<void>(s.compact(s.revision()));
    }
    if (seen != static_cast<std::size_t>(state.iterations()) * cursors * batch)
        state.SkipWithError("events missing");
    items(state, state.range(0) * state.range(1));
}

/// Cursors that each follow one key of a thousand: what passes by.
auto pass_by(benchmark::State& state) -> void {
    auto const keys = keys_of(1'000);
    auto s = text_store{};
    auto watching = std::vector<text_store::cursor>{};
    for (auto const& key : keys) watching.push_back(s.watch({.key = key}).value());
    auto seen = std::size_t{0};
    for (auto _ : state) {
        for (auto const& key : keys) static_cast<void>(store::put(s, {.key = key, .value = "v"}));
        for (auto& c : watching) seen += c.next()->size();
        if (s.revision() - s.compacted() > 50'000) static_cast<void>(s.compact(s.revision()));
    }
    if (seen != static_cast<std::size_t>(state.iterations()) * keys.size())
        state.SkipWithError("events missing");
    items(state, 1'000 * 1'000);
}

/// One event through the naive store: a copy per watcher.
auto deliver_obvious(benchmark::State& state) -> void {
    auto const cursors = static_cast<std::size_t>(state.range(0));
    auto const value = std::string(256, 'v');
    auto const key = key_of(1);
    for (auto _ : state) {
        for (std::size_t c = 0; c < cursors; ++c) {
            auto event = std::vector<obvious_store::change>{{key, {1, 1, 1, value}}};
            benchmark::DoNotOptimize(event);
        }
    }
    items(state, state.range(0));
}

// --- reading --------------------------------------------------------------------------------------------

auto filled(std::size_t n) -> std::unique_ptr<text_store> {
    auto out = std::make_unique<text_store>();
    for (auto const& key : keys_of(n)) static_cast<void>(store::put(*out, key, std::string(256, 'v')));
    return out;
}

auto range_prefix(benchmark::State& state) -> void {
    auto const s = filled(static_cast<std::size_t>(state.range(0)));
    auto const q =
        store::range_request{.key = "/registry/pods/", .range_end = store::prefix_end("/registry/pods/")};
    for (auto _ : state) benchmark::DoNotOptimize(s->range(q));
    items(state, state.range(0));
}

auto range_prefix_obvious(benchmark::State& state) -> void {
    auto s = obvious_store{};
    for (auto const& key : keys_of(static_cast<std::size_t>(state.range(0))))
        s.put(key, std::string(256, 'v'));
    for (auto _ : state) {
        auto out = std::vector<obvious_store::change>{};
        for (auto i = s.keys.lower_bound("/registry/pods/"); i != s.keys.end(); ++i)
            out.push_back({i->first, i->second.back()});
        benchmark::DoNotOptimize(out);
    }
    items(state, state.range(0));
}

/// A page of 500 out of many, with the exact count of the rest, at a revision of the past.
auto range_page(benchmark::State& state) -> void {
    auto const s = filled(static_cast<std::size_t>(state.range(0)));
    auto const at = s->revision();
    for (auto i = std::size_t{0}; i < 100; ++i) static_cast<void>(store::put(*s, key_of(i), "changed"));
    auto const q = store::range_request{.key = "/registry/pods/",
                                        .range_end = store::prefix_end("/registry/pods/"),
                                        .revision = at,
                                        .limit = 500};
    for (auto _ : state) benchmark::DoNotOptimize(s->range(q));
    items(state, 500);
}

auto get_one(benchmark::State& state) -> void {
    auto const n = static_cast<std::size_t>(state.range(0));
    auto const s = filled(n);
    auto const keys = keys_of(n);
    auto i = std::size_t{0};
    for (auto _ : state) {
        benchmark::DoNotOptimize(store::get(*s, keys[i]));
        if (++i == keys.size()) i = 0;
    }
    items(state, 1);
}

// --- weight ---------------------------------------------------------------------------------------------

/// Heap bytes per key beyond the key's text and the value, and per old version beyond the value.
auto weight(benchmark::State& state) -> void {
    auto const n = static_cast<std::size_t>(state.range(0));
    auto const value = std::make_shared<std::string const>(256, 'v');
    auto const keys = keys_of(n);
    auto per_key = 0.0;
    auto per_version = 0.0;
    for (auto _ : state) {
        auto s = handle_store{};
        auto const before = heap_bytes();
        for (auto const& key : keys) static_cast<void>(store::put(s, {.key = key, .value = value}));
        auto const filled_up = heap_bytes();
        for (auto round = 0; round < 3; ++round) {
            for (auto const& key : keys) static_cast<void>(store::put(s, {.key = key, .value = value}));
        }
        auto const old = heap_bytes();
        auto const own = static_cast<double>(keys[0].size() + sizeof(value));
        per_key = (filled_up - before) / static_cast<double>(n) - own;
        per_version = (old - filled_up) / static_cast<double>(3 * n) - static_cast<double>(sizeof(value));
    }
    state.counters["bytes_per_key"] = per_key;
    state.counters["bytes_per_old_version"] = per_version;
}

} // namespace

BENCHMARK(limit_build_request)->Arg(10'000);
BENCHMARK(put_existing)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);
BENCHMARK(put_existing_obvious)->Arg(10'000);
BENCHMARK(put_new)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);
BENCHMARK(commit_batch)->Arg(1)->Arg(100);
BENCHMARK(limit_copy_handles)->Arg(1'000);
BENCHMARK(deliver)->Args({1, 1})->Args({100, 1})->Args({1'000, 1})->Args({100, 100})->Args({1'000, 100});
BENCHMARK(deliver_obvious)->Arg(1'000);
BENCHMARK(pass_by);
BENCHMARK(range_prefix)->Arg(10'000)->Arg(100'000);
BENCHMARK(range_prefix_obvious)->Arg(10'000);
BENCHMARK(range_page)->Arg(100'000);
BENCHMARK(get_one)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);
BENCHMARK(weight)->Arg(100'000)->Iterations(1);

BENCHMARK_MAIN();
