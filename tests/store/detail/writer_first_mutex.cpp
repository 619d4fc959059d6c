/// \file
/// Readers share, a writer is alone, and readers that never all go away do not keep it waiting for ever.

#include <berth/store/detail/writer_first_mutex.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <latch>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

using berth::store::detail::writer_first_mutex;

TEST_CASE("readers share the lock", "[store][threads]") {
    auto m = writer_first_mutex{};
    auto both_inside = std::latch{2};
    auto reader = [&] {
        auto const lock = std::shared_lock(m);
        both_inside.arrive_and_wait();
    };
    auto one = std::jthread{reader};
    auto two = std::jthread{reader};
}

TEST_CASE("a writer gets its turn among readers that overlap without end", "[store][threads]") {
    auto m = writer_first_mutex{};
    auto stop = std::atomic<bool>{false};
    auto value = 0;
    auto torn = std::atomic<bool>{false};
    {
        auto readers = std::vector<std::jthread>{};
        for (auto i = 0; i < 3; ++i) {
            readers.emplace_back([&] {
                while (!stop.load()) {
                    auto const lock = std::shared_lock(m);
                    if (value % 2 != 0) torn = true;
                }
            });
        }
        for (auto i = 0; i < 200; ++i) {
            auto const lock = std::scoped_lock(m);
            ++value;
            ++value;
        }
        stop = true;
    }
    CHECK(value == 400);
    CHECK(!torn);
}
