#include <berth/bench/stopwatch.hpp>
#include <berth/core/random.hpp>

#include <catch2/catch_all.hpp>

#include <algorithm>
#include <memory>
#include <vector>

namespace {

using namespace berth;

TEST_CASE("percentiles are exact for short lengths, and within a sixty-fourth for all") {
    auto draw = berth::random_engine(3);
    for (auto const bits : {5U, 7U, 12U, 30U, 63U}) {
        auto all = std::vector<std::uint64_t>();
        auto counted = bench::latencies();
        for (auto i = 0; i < 1000; ++i) {
            all.push_back(draw() >> (64U - bits));
            counted.add(all.back());
        }
        std::ranges::sort(all);
        for (auto const share : {0.0, 0.5, 0.9, 0.99, 1.0}) {
            auto const rank = share == 0 ? 0 : static_cast<std::size_t>(share * 1000) - 1;
            auto const exact = all[rank];
            auto const told = counted.percentile(share);
            INFO(bits << " bits, " << share);
            CHECK(told <= exact);
            CHECK(exact - told <= exact / 64);
            if (bits < 7) CHECK(told == exact);
        }
    }
    CHECK(bench::latencies().percentile(0.5) == 0);
    auto longest = bench::latencies();
    longest.add(~std::uint64_t{0});
    CHECK(longest.percentile(1) >= std::uint64_t{0xfe} << 56U);
}

TEST_CASE("a stopwatch counts what is done and allocated while it runs, and nothing while it does not") {
    auto watch = bench::stopwatch();
    watch.start();
    auto const one = std::make_unique<int>(1);
    watch.lap();
    watch.lap(false);
    watch.pause();
    auto const unseen = std::vector<char>(10'000);
    watch.start();
    auto const two = std::make_unique<int>(2);
    watch.lap();
    watch.lap();
    auto const f = watch.read();
    CHECK(f.operations == 4);
    CHECK(f.succeeded == 3);
    CHECK(f.allocations == 0.5);
    CHECK(f.bytes == 2.0 * sizeof(int) / 4);
    CHECK(f.p50 <= f.p99);
}

TEST_CASE("a stopwatch tells the same answers from others, in their order") {
    auto const answers_of = [](std::vector<std::uint64_t> const& all) {
        auto watch = bench::stopwatch();
        watch.start();
        for (auto const a : all) watch.lap(a != 0, a);
        return watch.read().answers;
    };
    CHECK(answers_of({1, 2, 3}) == answers_of({1, 2, 3}));
    CHECK(answers_of({1, 2, 3}) != answers_of({2, 1, 3}));
    CHECK(answers_of({1, 2, 3}) != answers_of({1, 2}));
    CHECK(answers_of({1, 2, 0}) != answers_of({1, 2, 1}));
}

} // namespace
