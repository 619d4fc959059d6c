#include <berth/schedule/detail/shared_value.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using berth::schedule::detail::shared_value;

/// Counts how many there are.
struct counted {
    int* alive;

    explicit counted(int& n) : alive(&n) { ++*alive; }
    counted(counted const& other) : alive(other.alive) { ++*alive; }
    auto operator=(counted const&) -> counted& = delete;
    ~counted() { --*alive; }
};

TEST_CASE("a shared value lives as long as the last of those who share it") {
    auto alive = 0;
    {
        auto first = shared_value<counted>(counted(alive));
        REQUIRE(alive == 1);
        auto second = first;
        CHECK(second.get() == first.get());
        auto third = std::move(first);
        CHECK(first.get() == nullptr); // NOLINT(bugprone-use-after-move): it is what is tested
        second = shared_value<counted>();
        CHECK(alive == 1);
        auto& same = third;
        third = same;
        CHECK(third.get() != nullptr);
        CHECK(alive == 1);
    }
    CHECK(alive == 0);
}

TEST_CASE("several threads may copy and drop a shared value") {
    auto const value = shared_value<std::string>("told by many");
    {
        auto threads = std::vector<std::jthread>();
        for (auto t = 0; t < 4; ++t)
            threads.emplace_back([mine = value] {
                for (auto n = 0; n < 10'000; ++n) {
                    auto copies = std::vector(3, mine);
                    copies.front() = copies.back();
                }
            });
    }
    CHECK(*value.get() == "told by many");
}

} // namespace
