/// \file
/// The work queue of several threads.

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
    auto queue = shared_queue<int>({}, shards);
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
