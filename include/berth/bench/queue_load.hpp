#pragma once

/// \file
/// A work queue measured: keys that go through `add`, `get` and `done`.

#include <berth/bench/stopwatch.hpp>
#include <berth/core/clock.hpp>
#include <berth/core/time.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

namespace berth::bench {

/// What goes through a queue.
template <class Key> struct queue_load {
    std::vector<Key> keys;
    std::size_t rounds = 100; ///< so often all of them are added, taken and finished
};

/// All keys once: added, then taken and finished until there are none. Answers how many were taken.
template <class Queue, class Key>
auto pass_through(Queue& queue, std::vector<Key> const& keys) -> std::size_t {
    for (auto const& k : keys) queue.add(k);
    auto taken = std::size_t{0};
    for (; auto const k = queue.get(time_point{}); ++taken) queue.done(*k);
    return taken;
}

/// Has one thread put keys through a queue. An operation is one key's way; its length is the mean over all
/// keys of a round, for it is too short for a clock. It succeeds if each key is given out once.
template <class Queue, class Key>
[[nodiscard]] auto measure(Queue& queue, queue_load<Key> const& load) -> figures {
    (void)pass_through(queue, load.keys);
    auto watch = stopwatch();
    auto const n = load.keys.size();
    watch.start();
    for (std::size_t r = 0; r < load.rounds; ++r) watch.lap(pass_through(queue, load.keys) == n);
    return n == 0 ? figures() : watch.read().for_each_of(n);
}

/// So many producers, each of which adds its own keys over and over, and as many workers.
struct crowd {
    std::uint64_t threads = 16; ///< of each
    std::uint64_t keys = 64;    ///< of a producer
    std::uint64_t rounds = 500;
    std::size_t at_once =
        1; ///< so many keys a worker takes at once; above 1 a producer adds all of its own so
};
/// Has a crowd put numbers through a queue that has `wait(stop_token, clock)`, and `add_all`, `wait_some` and
/// `done_all` if keys go through several at once. Answers how many were given out. A producer lets others run
/// while its key waits already, or all of them if it adds them at once.
template <class Queue> auto pass_through(Queue& queue, crowd const& who) -> std::uint64_t {
    auto const clock = system_clock();
    auto given = std::atomic<std::uint64_t>{0};
    auto stop = std::stop_source();
    auto const work = [&] {
        auto const token = stop.get_token();
        auto mine = std::uint64_t{0};
        if constexpr (requires(std::span<std::uint64_t> keys) { queue.done_all(keys); }) {
            if (who.at_once > 1) {
                auto room = std::vector<std::uint64_t>(who.at_once);
                while (auto const n = queue.wait_some(token, clock, room)) {
                    queue.done_all(std::span(room).first(n));
                    mine += n;
                }
                given += mine;
                return;
            }
        }
        for (; auto const k = queue.wait(token, clock); ++mine) queue.done(*k);
        given += mine;
    };
    auto const add = [&](std::span<std::uint64_t const> keys) {
        if constexpr (requires { queue.add_all(keys); })
            if (who.at_once > 1) {
                if (queue.add_all(keys) == 0) std::this_thread::yield();
                return;
            }
        for (auto const k : keys)
            while (!queue.add(k)) std::this_thread::yield();
    };
    auto const produce = [&](std::uint64_t producer) {
        auto keys = std::vector<std::uint64_t>(who.keys);
        std::iota(keys.begin(), keys.end(), producer * who.keys);
        for (auto r = std::uint64_t{0}; r < who.rounds; ++r) add(keys);
    };
    auto workers = std::vector<std::jthread>();
    for (auto t = std::uint64_t{0}; t < who.threads; ++t) workers.emplace_back(work);
    {
        auto producers = std::vector<std::jthread>();
        for (auto t = std::uint64_t{0}; t < who.threads; ++t) producers.emplace_back(produce, t);
    }
    auto const take_the_rest = [&] {
        for (; auto const k = queue.get(time_point{}); ++given) queue.done(*k);
    };
    take_the_rest();
    stop.request_stop();
    workers.clear();
    take_the_rest(); // a key added while a worker had it waits again when that worker is done with it
    return given.load();
}

} // namespace berth::bench
