/// \file
/// How many keys a second go through add, get and done? Beside `work_queue` runs the same algorithm as
/// client-go has it (a list and two sets under one mutex); client-go 1.36 itself does 7 M/s on one thread and
/// 1 M/s with 16 producers and 16 workers on two cores. `at_once`: so many keys a worker takes under one
/// lock; above 1 a producer adds all of its own so.

#include <berth/bench/queue_load.hpp>
#include <berth/core/clock.hpp>
#include <berth/reconcile/priority_turns.hpp>
#include <berth/reconcile/queue.hpp>
#include <berth/reconcile/shared_queue.hpp>

#include <benchmark/benchmark.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <unordered_set>
#include <vector>

namespace {

using namespace berth;

/// client-go's queue, word for word, on standard containers.
template <class Key, class Set> class plain_queue {
public:
    auto add(Key const& key) -> bool {
        auto const lock = std::scoped_lock(mutex_);
        if (!dirty_.insert(key).second) return false;
        if (processing_.contains(key)) return true;
        queue_.push_back(key);
        added_.notify_one();
        return true;
    }
    auto get(time_point) -> std::optional<Key> {
        auto const lock = std::scoped_lock(mutex_);
        return take();
    }
    auto wait(std::stop_token stop, system_clock const&) -> std::optional<Key> {
        auto lock = std::unique_lock(mutex_);
        added_.wait(lock, stop, [&] { return !queue_.empty(); });
        return take();
    }
    auto done(Key const& key) -> void {
        auto const lock = std::scoped_lock(mutex_);
        processing_.erase(key);
        if (!dirty_.contains(key)) return;
        queue_.push_back(key);
        added_.notify_one();
    }

private:
    auto take() -> std::optional<Key> {
        if (queue_.empty()) return std::nullopt;
        auto key = queue_.front();
        queue_.pop_front();
        processing_.insert(key);
        dirty_.erase(key);
        return key;
    }

    std::mutex mutex_;
    std::condition_variable_any added_;
    std::deque<Key> queue_;
    Set dirty_;
    Set processing_;
};

using plain_numbers = plain_queue<std::uint64_t, std::set<std::uint64_t>>;
using plain_hashed = plain_queue<std::uint64_t, std::unordered_set<std::uint64_t>>;
using plain_names = plain_queue<std::string, std::unordered_set<std::string>>;

template <class Key> auto key_of(std::uint64_t n) -> Key {
    if constexpr (std::is_same_v<Key, std::string>) return "default/web-" + std::to_string(n);
    else if constexpr (std::is_same_v<Key, object::key>) return {"default", "web-" + std::to_string(n)};
    else return static_cast<Key>(n);
}

/// One thread; 1,000 keys wait at a time.
template <class Queue, class Key> auto add_get_done(benchmark::State& state) -> void {
    auto keys = std::vector<Key>();
    for (std::uint64_t n = 0; n < 1000; ++n) keys.push_back(key_of<Key>(n));
    auto queue = Queue();
    for (auto _ : state)
        if (bench::pass_through(queue, keys) != keys.size()) state.SkipWithError("a key is lost");
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(keys.size()));
}
BENCHMARK(add_get_done<reconcile::work_queue<std::uint64_t>, std::uint64_t>)->Name("work_queue/numbers");
BENCHMARK(add_get_done<reconcile::work_queue<object::key>, object::key>)->Name("work_queue/names");
BENCHMARK(add_get_done<reconcile::shared_queue<std::uint64_t>, std::uint64_t>)->Name("shared_queue/numbers");

/// Keys of four priorities.
struct by_last_bits {
    auto operator()(std::uint64_t n) const -> std::uint64_t { return n % 4; }
};
using by_priority = reconcile::work_queue<std::uint64_t, reconcile::key_hash, reconcile::no_causes,
                                          reconcile::priority_turns<by_last_bits, 4>>;
BENCHMARK(add_get_done<by_priority, std::uint64_t>)->Name("work_queue/numbers_of_four_priorities");
BENCHMARK(add_get_done<plain_numbers, std::uint64_t>)->Name("set_and_deque/numbers");
BENCHMARK(add_get_done<plain_hashed, std::uint64_t>)->Name("hash_set_and_deque/numbers");
BENCHMARK(add_get_done<plain_names, std::string>)->Name("hash_set_and_deque/names");

/// 16 producers, each adding its own 64 keys over and over, and 16 workers.
template <class Queue>
auto many_threads(benchmark::State& state, Queue& queue, std::size_t at_once = 1) -> void {
    auto given = std::uint64_t{0};
    for (auto _ : state) given += bench::pass_through(queue, bench::crowd{.at_once = at_once});
    state.SetItemsProcessed(static_cast<std::int64_t>(given));
}

auto sharded(benchmark::State& state) -> void {
    auto queue = reconcile::shared_queue<std::uint64_t>(reconcile::queue_options{},
                                                        static_cast<std::size_t>(state.range(0)));
    many_threads(state, queue, static_cast<std::size_t>(state.range(1)));
}
BENCHMARK(sharded)
    ->Name("shared_queue/16+16_threads")
    ->ArgNames({"shards", "at_once"})
    ->ArgsProduct({{1, 16}, {1, 16, 64}})
    ->MeasureProcessCPUTime()
    ->UseRealTime();

auto plain(benchmark::State& state) -> void {
    auto queue = plain_hashed();
    many_threads(state, queue);
}
BENCHMARK(plain)->Name("hash_set_and_deque/16+16_threads")->MeasureProcessCPUTime()->UseRealTime();

} // namespace
