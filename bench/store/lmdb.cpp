/// \file
/// How fast is the durable store, when every put is on the disk before it is acknowledged?
///
/// Beside it stand the limits of the disk (4 KiB and an fdatasync) and of LMDB itself (one put a commit, 64
/// puts a commit, nothing else done). Aims: half of raw LMDB's 64 a commit with 64 writers that each wait for
/// their own put, a million keys opened in less than 2 s. etcd's rate on the same disk is in `store/etcd`.
/// 256-byte values.

#include <berth/bench/add.hpp>
#include <berth/bench/disk_folder.hpp>
#include <berth/bench/heap.hpp>
#include <berth/bench/store_load.hpp>
#include <berth/store/lmdb.hpp>
#include <berth/store/operations.hpp>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace berth;
using bench::items;
using bench::key_of;

namespace {

/// What a disk can do: a page, and the word that it is there.
auto raw_write_and_fdatasync(benchmark::State& state) -> void {
    auto const home = bench::disk_folder{};
    auto const fd = ::open((home.path() + "/file").c_str(), O_CREAT | O_RDWR, 0644); // NOLINT
    auto const page = std::string(4'096, 'v');
    auto at = off_t{0};
    for (auto _ : state) {
        if (::pwrite(fd, page.data(), page.size(), at) < 0 || ::fdatasync(fd) != 0)
            state.SkipWithError("the disk fails");
        at += 4'096;
    }
    ::close(fd);
    items(state, 1);
}

/// What LMDB can do: records of the same size, appended, so many a commit.
auto raw_lmdb(benchmark::State& state) -> void {
    auto const home = bench::disk_folder{};
    auto* environment = static_cast<MDB_env*>(nullptr);
    ::mdb_env_create(&environment);
    ::mdb_env_set_mapsize(environment, std::size_t{4} << 30U);
    if (::mdb_env_open(environment, home.path().c_str(), 0, 0644) != 0) state.SkipWithError("no environment");
    auto text = std::string(256 + 45, 'v'); // the value, and about what a key and its numbers take
    auto table = MDB_dbi{};
    auto number = std::uint64_t{0};
    for (auto _ : state) {
        auto* txn = static_cast<MDB_txn*>(nullptr);
        ::mdb_txn_begin(environment, nullptr, 0, &txn);
        ::mdb_dbi_open(txn, nullptr, MDB_INTEGERKEY, &table);
        for (auto i = std::int64_t{0}; i < state.range(0); ++i) {
            ++number;
            auto key = MDB_val{sizeof number, &number};
            auto value = MDB_val{text.size(), text.data()};
            ::mdb_put(txn, table, &key, &value, MDB_APPEND);
        }
        if (::mdb_txn_commit(txn) != 0) state.SkipWithError("the commit fails");
    }
    ::mdb_env_close(environment);
    items(state, state.range(0));
}

/// A store that all threads of a benchmark share.
struct shared_store {
    bench::disk_folder home{};
    std::optional<store::lmdb> objects{store::lmdb::open(home.path()).value()};
    std::atomic<std::size_t> next{0};
};

/// Writers that each wait until their one put is on the disk.
auto put(benchmark::State& state) -> void {
    static auto shared = std::unique_ptr<shared_store>{};
    if (state.thread_index() == 0) shared = std::make_unique<shared_store>();
    auto const value = std::string(256, 'v');
    for (auto _ : state) {
        auto const done = store::put(*shared->objects, key_of(shared->next.fetch_add(1)), value);
        if (!done) state.SkipWithError(done.error().message.c_str());
    }
    items(state, 1);
    if (state.thread_index() == 0) shared.reset();
}

/// One writer with batches: each transaction has a revision and an answer of its own.
auto commit_batch(benchmark::State& state) -> void {
    auto shared = shared_store{};
    auto batch = std::vector<store::txn<std::string>>(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        for (auto& t : batch) {
            t.then.clear();
            t.then.emplace_back(store::put_request<std::string>{.key = key_of(shared.next.fetch_add(1)),
                                                                .value = std::string(256, 'v')});
        }
        benchmark::DoNotOptimize(shared.objects->commit(batch));
    }
    items(state, state.range(0));
}

auto fill(shared_store& s, std::size_t n) -> void {
    auto batch = std::vector<store::txn<std::string>>(1'000);
    for (std::size_t i = 0; i < n;) {
        for (auto& t : batch) {
            t.then.clear();
            t.then.emplace_back(store::put_request<std::string>{.key = key_of(i++ * 7919 % n),
                                                                .value = std::string(256, 'v')});
        }
        static_cast<void>(s.objects->commit(batch));
    }
}

/// Opening a store of so many keys, which were created in random order; and what it weighs, on the disk and
/// in memory, beyond keys and values.
auto reopen(benchmark::State& state) -> void {
    auto const n = static_cast<std::size_t>(state.range(0));
    auto shared = shared_store{};
    fill(shared, n);
    auto const own = static_cast<double>(key_of(0).size() + 256);
    auto const count = static_cast<double>(n);
    for (auto _ : state) {
        state.PauseTiming();
        shared.objects.reset();
        auto const before = bench::heap_bytes();
        state.ResumeTiming();
        shared.objects.emplace(store::lmdb::open(shared.home.path()).value());
        state.PauseTiming();
        state.counters["memory_per_key"] = (bench::heap_bytes() - before) / count - own;
        state.counters["disk_per_key"] = static_cast<double>(shared.objects->size().used_bytes) / count - own;
        state.ResumeTiming();
    }
    items(state, state.range(0));
}

/// A backup of so many keys while nobody writes, per key.
auto backup(benchmark::State& state) -> void {
    auto shared = shared_store{};
    fill(shared, static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        auto const away = bench::disk_folder{};
        if (auto done = shared.objects->backup(away.path()); !done)
            state.SkipWithError(done.error().message.c_str());
    }
    items(state, state.range(0));
}

} // namespace

BENCHMARK(raw_write_and_fdatasync)->UseRealTime();
BENCHMARK(raw_lmdb)->Arg(1)->Arg(64)->Arg(256)->UseRealTime();
BENCHMARK(put)->Threads(1)->Threads(64)->Threads(256)->UseRealTime();
BENCHMARK(commit_batch)->Arg(1)->Arg(64)->Arg(1'000)->UseRealTime();
BENCHMARK(reopen)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Iterations(3)->UseRealTime()->Unit(
    benchmark::kMillisecond);
BENCHMARK(backup)->Arg(100'000)->Iterations(3)->UseRealTime()->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
