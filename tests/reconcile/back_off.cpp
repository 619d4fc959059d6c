/// \file
/// Back-off and its jitter.

#include <berth/core/random.hpp>
#include <berth/reconcile/back_off.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace berth;
using reconcile::back_off;

TEST_CASE("back-off doubles from 5 ms up to 1000 s, as client-go's does") {
    auto const wait = back_off{};
    CHECK(wait.after(0) == milliseconds(5));
    CHECK(wait.after(1) == milliseconds(10));
    CHECK(wait.after(10) == milliseconds(5120));
    CHECK(wait.after(17) == milliseconds(655'360));
    CHECK(wait.after(18) == seconds(1000));
    CHECK(wait.after(1'000'000) == seconds(1000));
}

TEST_CASE("without jitter, nothing is left to chance") {
    auto const wait = back_off{};
    for (auto draw : {std::uint64_t{0}, std::uint64_t{17}, ~std::uint64_t{0}})
        CHECK(wait.after(3, draw) == milliseconds(40));
}

TEST_CASE(
    "jitter takes its share of a wait at most, spreads evenly, and leaves the longest wait the longest") {
    auto const wait = back_off{.base = seconds(1), .max = seconds(60), .jitter = 0.2};
    auto draw = berth::random_engine(1);
    auto sum = 0.0;
    for (auto n = 0; n < 10'000; ++n) {
        auto const one = wait.after(3, draw());
        REQUIRE(one > milliseconds(6400) - nanoseconds(2));
        REQUIRE(one <= seconds(8));
        REQUIRE(wait.after(40, draw()) <= seconds(60));
        sum += static_cast<double>(one.nanoseconds) / 1e9;
    }
    CHECK(sum / 10'000 > 7.15);
    CHECK(sum / 10'000 < 7.25);
}

TEST_CASE("one seed gives a key the same waits, and different keys and failures different ones") {
    auto const wait = back_off{.base = seconds(1), .max = seconds(1), .jitter = 1};
    auto seen = std::set<std::int64_t>();
    for (auto hash = std::uint64_t{0}; hash < 100; ++hash)
        for (auto failures = 0U; failures < 5; ++failures) {
            auto const one = wait.after(failures, hash, 7);
            CHECK(one == wait.after(failures, hash, 7));
            seen.insert(one.nanoseconds);
        }
    CHECK(seen.size() > 495);
    CHECK(wait.after(0, 1, 7) != wait.after(0, 1, 8));
}
