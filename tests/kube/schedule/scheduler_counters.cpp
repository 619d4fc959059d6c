/// \file
/// What a scheduler counts.

#include <berth/kube/schedule/scheduler_counters.hpp>

#include <catch2/catch_test_macros.hpp>

#include <thread>

using namespace berth;

TEST_CASE("counters are read by one thread while another one counts") {
    auto counters = kube::shared_counters();
    auto counting = std::thread([&] {
        for (auto i = 0; i < 1000; ++i) counters.count(&kube::scheduler_counters::placed);
        counters.count(&kube::scheduler_counters::unprepared);
    });
    auto last = std::uint64_t{0};
    for (auto i = 0; i < 100; ++i) {
        auto const now = counters.read().placed;
        CHECK(now >= last);
        last = now;
    }
    counting.join();
    CHECK(counters.read().placed == 1000);
    CHECK(counters.read().unprepared == 1);
    CHECK(counters.read().refused == 0);
}
