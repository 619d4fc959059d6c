/// \file
/// How fast is a store on etcd, and how much of etcd's own rate does the client take?
///
/// A fresh etcd on this disk is asked by our client (gRPC, as all), one put a call and in batches, and
/// by etcd's own load generator over gRPC (`etcdctl check perf`, which aims at 8,000 puts a second with 500
/// clients for `l`, and 15,000 with 1,000 for `xl`, for a minute each). The aim of the durable store, 5 times
/// etcd's rate at 64 and at 256 writers, is judged by the better of the two: the durable store is asked here
/// too, on the same disk. 256-byte values.

#include "../../tests/store/etcd/server.hpp"

#include <berth/bench/add.hpp>
#include <berth/bench/disk_folder.hpp>
#include <berth/bench/store_load.hpp>
#include <berth/store/etcd.hpp>
#include <berth/store/lmdb.hpp>
#include <berth/store/operations.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace berth;
using bench::items;
using bench::key_of;

namespace {

/// One etcd for all benchmarks, with etcd's own timeouts and its data on the disk.
struct running_etcd {
    bench::disk_folder home{};
    store::testing::etcd_server server{
        {.heartbeat_ms = 100, .election_ms = 1'000, .arguments = {"--data-dir", home.path() + "/data"}}};
};
auto etcd_url() -> std::string {
    static auto const one = std::make_unique<running_etcd>();
    return one->server.url();
}

auto connect(store::etcd_batching batching) -> store::etcd {
    auto options = store::etcd_options{};
    options.endpoints = {etcd_url()};
    options.batching = batching;
    options.max_connections = 256;
    return store::etcd::connect(std::move(options)).value();
}

/// Threads that each wait for their one put into `objects()`, which is there when the loop begins.
template <class Objects>
auto put_each(benchmark::State& state, Objects objects, std::atomic<std::size_t>& next) -> void {
    auto const value = std::string(256, 'v');
    for (auto _ : state) {
        auto const done = store::put(objects(), key_of(next.fetch_add(1)), value);
        if (!done) state.SkipWithError(done.error().message.c_str());
    }
    items(state, 1);
}

auto put(benchmark::State& state) -> void {
    static auto shared = std::optional<store::etcd>{};
    static auto next = std::atomic<std::size_t>{0};
    if (state.thread_index() == 0) shared.emplace(connect(store::etcd_batching::pipelined));
    put_each(state, []() -> store::etcd& { return *shared; }, next);
}

auto put_durable(benchmark::State& state) -> void {
    struct shared_store {
        bench::disk_folder home{};
        store::lmdb objects{store::lmdb::open(home.path()).value()};
    };
    static auto shared = std::unique_ptr<shared_store>{};
    static auto next = std::atomic<std::size_t>{0};
    if (state.thread_index() == 0) shared = std::make_unique<shared_store>();
    put_each(state, []() -> store::lmdb& { return shared->objects; }, next);
    if (state.thread_index() == 0) shared.reset();
}

/// One thread with batches of transactions: (how many, merged or not).
auto commit_batch(benchmark::State& state) -> void {
    auto objects =
        connect(state.range(1) != 0 ? store::etcd_batching::merged : store::etcd_batching::pipelined);
    auto batch = std::vector<store::txn<std::string>>(static_cast<std::size_t>(state.range(0)));
    auto next = std::size_t{0};
    for (auto _ : state) {
        for (auto& t : batch) {
            t.then.clear();
            t.then.emplace_back(
                store::put_request<std::string>{.key = key_of(next++), .value = std::string(256, 'v')});
        }
        for (auto const& one : objects.commit(batch)) {
            if (!one) state.SkipWithError(one.error().message.c_str());
        }
    }
    items(state, state.range(0));
}

/// One thread with batches of creations, each of which looks whether its key is there. Where one is
/// (`taken`), the batch is sent a second time, with a transaction for each inside.
auto create_batch(benchmark::State& state) -> void {
    auto objects = connect(store::etcd_batching::merged);
    static auto next = std::size_t{1'000'000};
    auto const there = key_of(next++);
    static_cast<void>(store::put(objects, there, std::string(256, 'v')));
    auto const taken = state.range(1) != 0;
    for (auto _ : state) {
        auto batch = std::vector<store::txn<std::string>>();
        for (std::int64_t i = 0; i < state.range(0); ++i) {
            auto const key = taken && i == 0 ? there : key_of(next++);
            batch.push_back(store::if_unchanged<std::string>(
                key, 0, store::put_request<std::string>{.key = key, .value = std::string(256, 'v')}));
        }
        auto created = std::int64_t{0};
        for (auto const& one : objects.commit(batch)) created += one && one->succeeded ? 1 : 0;
        if (created != state.range(0) - (taken ? 1 : 0)) state.SkipWithError("not all were created");
    }
    items(state, state.range(0));
}

auto get_one(benchmark::State& state) -> void {
    auto objects = connect(store::etcd_batching::pipelined);
    static_cast<void>(store::put(objects, key_of(1), std::string(256, 'v')));
    for (auto _ : state) benchmark::DoNotOptimize(store::get(objects, key_of(1)));
    items(state, 1);
}

auto range_prefix(benchmark::State& state) -> void {
    auto objects = connect(store::etcd_batching::merged);
    auto batch = std::vector<store::txn<std::string>>(100);
    for (std::size_t i = 0; i < static_cast<std::size_t>(state.range(0));) {
        for (auto& t : batch) {
            t.then.clear();
            t.then.emplace_back(store::put_request<std::string>{.key = "/range/" + key_of(i++),
                                                                .value = std::string(256, 'v')});
        }
        static_cast<void>(objects.commit(batch));
    }
    auto const q = store::range_request{.key = "/range/", .range_end = store::prefix_end("/range/")};
    for (auto _ : state) benchmark::DoNotOptimize(objects.range(q));
    items(state, state.range(0));
}

/// What a line of etcd's load generator says behind a word, or 0.
auto number_behind(std::string const& said, std::string const& word) -> double {
    auto const at = said.find(word);
    return at == std::string::npos ? 0 : std::strtod(said.c_str() + at + word.size(), nullptr);
}

/// etcd's own load generator; the rate is what it says it got through, without its start and its end.
auto etcd_check_perf(benchmark::State& state, char const* load) -> void {
    auto const command =
        "ETCDCTL_API=3 etcdctl --endpoints " + etcd_url() + " check perf --load=" + load + " 2>&1";
    auto throughput = 0.0;
    for (auto _ : state) {
        auto* const pipe = ::popen(command.c_str(), "r");
        if (pipe == nullptr) break;
        auto said = std::string{};
        auto text = std::array<char, 4'096>{};
        for (auto n = std::size_t{1}; n > 0;) {
            n = std::fread(text.data(), 1, text.size(), pipe);
            said.append(text.data(), n);
        }
        ::pclose(pipe);
        throughput =
            std::max(number_behind(said, "Throughput is "), number_behind(said, "Throughput too low: "));
    }
    if (throughput == 0) state.SkipWithError("etcdctl check perf gave no throughput");
    state.counters["items_per_second"] = throughput;
}

} // namespace

BENCHMARK(put)->Threads(1)->Threads(16)->Threads(64)->Threads(256)->UseRealTime();
BENCHMARK(put_durable)->Threads(1)->Threads(64)->Threads(256)->UseRealTime();
BENCHMARK(commit_batch)->ArgNames({"size", "merged"})->ArgsProduct({{1, 128}, {0, 1}})->UseRealTime();
BENCHMARK(create_batch)->ArgNames({"size", "taken"})->ArgsProduct({{126}, {0, 1}})->UseRealTime();
BENCHMARK(get_one)->UseRealTime();
BENCHMARK(range_prefix)->Arg(10'000)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(etcd_check_perf, l, "l")->Iterations(1)->UseRealTime();
BENCHMARK_CAPTURE(etcd_check_perf, xl, "xl")->Iterations(1)->UseRealTime();

BENCHMARK_MAIN();
