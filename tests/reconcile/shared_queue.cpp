/// \file
/// The work queue of several threads.

#include <berth/reconcile/priority_turns.hpp>
#include <berth/reconcile/shared_queue.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <atomic>
#include <stop_token>
#include <thread>
#include <vector>

using namespace berth;
using reconcile::shared_queue;

namespace {

auto crowd(std::size_t shards) -> void {
    constexpr auto keys = 50;
    constexpr auto rounds = 400;
    auto queue = shared_queue<int>(reconcile::queue_options{}, shards);
    auto busy = std::array<std::atomic<int>, keys>();
    auto added = std::array<std::atomic<int>, keys>();
    auto served = std::array<std::atomic<int>, keys>();
    auto twice = std::atomic<int>(0);
    auto const clock = system_clock();
    auto stop = std::stop_source();
    auto workers = std::vector<std::jthread>();
    for (auto w = 0; w < 4; ++w)
        workers.emplace_back([&] {
            while (auto const k = queue.wait(stop.get_token(), clock)) {
                auto const n = static_cast<std::size_t>(*k);
                if (busy[n].fetch_add(1) != 0) ++twice;
                served[n] = added[n].load();
                busy[n].fetch_sub(1);
                queue.done(*k);
            }
        });
    {
        auto producers = std::vector<std::jthread>();
        for (auto p = 0; p < 4; ++p)
            producers.emplace_back([&] {
                for (auto i = 0; i < rounds * keys; ++i) {
                    ++added[static_cast<std::size_t>(i % keys)];
                    queue.add(i % keys);
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
