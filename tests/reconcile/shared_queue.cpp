/// \file
/// The work queue of several threads.

#include <berth/reconcile/priority_turns.hpp>
#include <berth/reconcile/shared_queue.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <numeric>
#include <set>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

using namespace berth;
using reconcile::shared_queue;

namespace {

/// Producers that add all keys over and over, and workers; `at_once` above 1: many under one lock.
auto crowd(std::size_t shards, std::size_t at_once = 1) -> void {
    constexpr auto keys = 50;
    constexpr auto rounds = 400;
    auto queue = shared_queue<int>(reconcile::queue_options{}, shards);
    auto busy = std::array<std::atomic<int>, keys>();
    auto added = std::array<std::atomic<int>, keys>();
    auto served = std::array<std::atomic<int>, keys>();
    auto twice = std::atomic<int>(0);
    auto const clock = system_clock();
    auto stop = std::stop_source();
    auto const at = [](int key) { return static_cast<std::size_t>(key); };
    auto const take = [&](std::span<int> room) {
        if (room.size() > 1) return queue.wait_some(stop.get_token(), clock, room);
        auto const k = queue.wait(stop.get_token(), clock);
        room.front() = k.value_or(0);
        return std::size_t{k ? 1U : 0U};
    };
    auto workers = std::vector<std::jthread>();
    for (auto w = 0; w < 4; ++w)
        workers.emplace_back([&] {
            auto room = std::vector<int>(at_once);
            while (auto const n = take(room)) {
                auto const got = std::span(room).first(n);
                for (auto const k : got)
                    if (busy[at(k)].fetch_add(1) != 0) ++twice;
                for (auto const k : got) served[at(k)] = added[at(k)].load();
                for (auto const k : got) busy[at(k)].fetch_sub(1);
                if (at_once > 1) queue.done_all(got);
                else queue.done(got.front());
            }
        });
    {
        auto producers = std::vector<std::jthread>();
        for (auto p = 0; p < 4; ++p)
            producers.emplace_back([&] {
                auto all = std::array<int, keys>();
                std::iota(all.begin(), all.end(), 0);
                for (auto i = 0; i < rounds; ++i) {
                    for (auto const k : all) {
                        ++added[at(k)];
                        if (at_once == 1) queue.add(k);
                    }
                    if (at_once > 1) queue.add_all(all);
                }
            });
    }
    queue.shut_down();
    workers.clear();
    CHECK(twice == 0);
    CHECK(queue.drained());
    auto lost = 0;
    for (auto n = std::size_t{0}; n < keys; ++n) lost += served[n] == added[n] ? 0 : 1;
    CHECK(lost == 0);
}

} // namespace

TEST_CASE("many threads never get one key twice at once, and lose none of its adds") { crowd(1); }
TEST_CASE("the same holds for a queue in shards") { crowd(8); }
TEST_CASE("the same holds if keys go through several at once") {
    crowd(1, 16);
    crowd(8, 16);
}

TEST_CASE("a waiting worker is woken by an add, by a delay that ends, and by a stop") {
    auto queue = shared_queue<int>();
    auto stop = std::stop_source();
    auto const clock = system_clock();
    auto got = std::atomic<int>(0);
    auto worker = std::jthread([&] {
        while (auto const k = queue.wait(stop.get_token(), clock)) {
            queue.done(*k);
            got += *k;
            got.notify_all();
        }
    });
    queue.add(1);
    got.wait(0);
    queue.add_after(10, milliseconds(5), clock.now());
    got.wait(1);
    CHECK(got == 11);
    stop.request_stop();
    worker.join();
}

TEST_CASE("who is subscribed hears when something begins to wait") {
    auto queue = shared_queue<int>();
    auto calls = 0;
    auto const listening = queue.ready().subscribe({[](void* n) { ++*static_cast<int*>(n); }, &calls});
    queue.add(1);
    CHECK(calls == 1);
    queue.add(1);
    CHECK(calls == 1);
    queue.add_after(2, seconds(5), {});
    CHECK(calls == 2);
    queue.add_after(3, seconds(9), {});
    CHECK(calls == 2);
    queue.add_after(4, seconds(1), {});
    CHECK(calls == 3);
}

TEST_CASE("a drain waits until all that waited is finished, and takes nothing more") {
    auto queue = shared_queue<int>(reconcile::queue_options{}, 4);
    auto const clock = system_clock();
    for (auto k = 0; k < 200; ++k) queue.add(k);
    queue.add_after(1000, seconds(60), clock.now());
    auto served = std::atomic<int>(0);
    auto workers = std::vector<std::jthread>();
    for (auto w = 0; w < 3; ++w)
        workers.emplace_back([&] {
            while (auto const k = queue.wait({}, clock)) {
                std::this_thread::yield();
                ++served;
                queue.done(*k);
            }
        });
    CHECK(queue.drain());
    CHECK(served == 200);
    CHECK_FALSE(queue.add(5));
    CHECK(queue.drained());
}

TEST_CASE("a drain that is stopped says that not all is finished") {
    auto queue = shared_queue<int>();
    queue.add(1);
    auto const k = queue.get({});
    REQUIRE(k == 1);
    auto stop = std::stop_source();
    stop.request_stop();
    CHECK_FALSE(queue.drain(stop.get_token()));
    queue.done(1);
    CHECK(queue.drain());
}

TEST_CASE("a shut-down that drops leaves only what is given out") {
    auto queue = shared_queue<int>(reconcile::queue_options{}, 4);
    for (auto k = 0; k < 50; ++k) queue.add(k);
    auto const k = queue.get({});
    REQUIRE(k);
    queue.shut_down_now();
    CHECK(queue.size() == 0);
    CHECK_FALSE(queue.get({}));
    queue.done(*k);
    CHECK(queue.drained());
}

TEST_CASE("retries are limited for all shards together") {
    auto queue = shared_queue<int>(reconcile::queue_options{.wait = {milliseconds(1), milliseconds(1)},
                                                            .retries = reconcile::rate_limit{10, 1}},
                                   8);
    auto const start = time_point::from_unix_seconds(1'000'000);
    for (auto k = 0; k < 20; ++k) queue.add_rate_limited(k, start);
    CHECK(queue.where_is(0).due == start + milliseconds(1));
    for (auto k = 1; k < 20; ++k) CHECK(queue.where_is(k).due == start + milliseconds(100) * k);
}

TEST_CASE("a shared queue takes turns as it is told, and tells times of all shards") {
    struct by_tens {
        auto operator()(int key) const -> int { return key / 10; }
    };
    auto queue =
        shared_queue<int, reconcile::key_hash, reconcile::no_causes, reconcile::priority_turns<by_tens, 3>>();
    auto const start = time_point::from_unix_seconds(1'000'000);
    for (auto k : {1, 11, 21}) queue.add_now(k, start);
    for (auto k : {21, 11, 1}) {
        REQUIRE(queue.get(start + seconds(2)) == k);
        queue.done(k, start + seconds(3));
    }
    CHECK(queue.times().waited.sum() == seconds(6));
    CHECK(queue.times().worked.sum() == seconds(3));
    queue.add_now(1, start);
    REQUIRE(queue.get(start + seconds(4)) == 1);
    CHECK(queue.unfinished(start + seconds(9)) == reconcile::unfinished_work{seconds(5), seconds(5)});
}

TEST_CASE("several keys at once are added, taken and finished as one by one") {
    auto const shards = GENERATE(std::size_t{1}, std::size_t{4});
    CAPTURE(shards);
    auto queue = shared_queue<int>(reconcile::queue_options{}, shards);
    auto const start = time_point::from_unix_seconds(1'000'000);
    auto keys = std::vector<int>(1024); // more than one row, and than there is room for
    std::iota(keys.begin(), keys.end(), 0);
    CHECK(queue.add_all({}) == 0);
    CHECK(queue.add_all(std::span(keys).first(600), start) == 600);
    CHECK(queue.add_all(keys, start) == 424);
    CHECK(queue.size() == 1024);

    auto room = std::array<int, 64>();
    auto seen = std::set<int>();
    auto given = 0;
    CHECK(queue.get_some({}, start) == 0);
    while (auto const n = queue.get_some(room, start + seconds(1))) {
        auto const got = std::span(room).first(n);
        if (shards == 1) CHECK(std::ranges::equal(got, std::span(keys).subspan(seen.size(), n)));
        seen.insert(got.begin(), got.end());
        given += static_cast<int>(n);
        CHECK(queue.processing() == n);
        CHECK_FALSE(queue.add_all(got) == 0); // each runs once more, but not before it is done
        CHECK(queue.where_is(got.front()).again);
        queue.done_all(got, start + seconds(2));
        CHECK(queue.processing() == 0);
        if (seen.size() == keys.size()) break;
    }
    CHECK(seen.size() == 1024);
    CHECK(queue.times().worked.sum() == seconds(given));
    queue.shut_down_now();
    CHECK(queue.add_all(keys) == 0);
    CHECK(queue.drained());
}

TEST_CASE("who waits for several keys is woken by an add of several, and by a stop") {
    auto queue = shared_queue<int>();
    auto stop = std::stop_source();
    auto const clock = system_clock();
    auto got = std::atomic<int>(0);
    auto worker = std::jthread([&] {
        auto room = std::array<int, 8>();
        while (auto const n = queue.wait_some(stop.get_token(), clock, room)) {
            queue.done_all(std::span(room).first(n));
            got += static_cast<int>(n);
            got.notify_all();
        }
    });
    auto const until = [&](int n) {
        for (auto now = got.load(); now < n; now = got.load()) got.wait(now);
    };
    queue.add_all(std::array{1, 2, 3});
    until(3);
    queue.add(4);
    until(4);
    stop.request_stop();
    worker.join();
    CHECK(got == 4);
}

TEST_CASE("many keys that are added at once begin to wait once each, in whatever shards they are") {
    auto queue = shared_queue<int>(reconcile::queue_options{}, 8);
    auto keys = std::vector<int>(1'000);
    std::ranges::generate(keys, [n = 0]() mutable { return n++ % 600; });
    CHECK(queue.add_all(keys) == 600);
    CHECK(queue.size() == 600);
    auto got = std::set<int>();
    while (auto const k = queue.get({})) got.insert(*k);
    CHECK(got.size() == 600);
    CHECK(queue.processing() == 600);
    queue.done_all(keys);
    CHECK(queue.processing() == 0);
}

TEST_CASE("keys of one shard keep the order in which they were added at once") {
    auto queue = shared_queue<int>(reconcile::queue_options{}, 4);
    auto keys = std::vector<int>(200);
    std::iota(keys.begin(), keys.end(), 0);
    queue.add_all(keys);
    auto last = std::array<int, 4>{-1, -1, -1, -1};
    auto out_of_order = 0;
    while (auto const k = queue.get({})) {
        auto& before = last[(reconcile::key_hash{}(*k) >> 32U) % 4];
        out_of_order += *k > before ? 0 : 1;
        before = *k;
    }
    CHECK(out_of_order == 0);
}

TEST_CASE("a thread that stays with a shard while it is filled again comes to the others too") {
    auto queue = shared_queue<int>(reconcile::queue_options{}, 4);
    for (auto k = 0; k < 400; ++k) queue.add(k);
    auto seen = std::set<int>();
    for (auto n = 0; n < 4 * 400; ++n) {
        auto const k = queue.get({});
        REQUIRE(k);
        seen.insert(*k);
        queue.add(*k);
        queue.done(*k); // waits again, so that no shard is ever empty
    }
    CHECK(seen.size() == 400);
}
