/// \file
/// Delays between restarts.

#include <berth/node/backoff.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace berth;

namespace {

auto at(std::int64_t second) -> time_point { return time_point::from_unix_seconds(1000 + second); }

} // namespace

TEST_CASE("the first restart comes at once, the next wait twice as long each, up to a cap") {
    auto b = node::restart_backoff();
    auto const limits = node::backoff_limits{};
    CHECK(b.ready_at(at(0), limits) == at(0));
    auto delays = std::vector<duration>();
    auto now = at(0);
    for (auto i = 0; i < 7; ++i) {
        b.restarted(now, now, limits);
        delays.push_back(b.delay());
        CHECK(b.ready_at(now, limits) == now + b.delay());
    }
    CHECK(delays == std::vector{seconds(10), seconds(20), seconds(40), seconds(80), seconds(160),
                                seconds(300), seconds(300)});
}

TEST_CASE("a long run makes the next crash a first one") {
    auto b = node::restart_backoff();
    auto const limits = node::backoff_limits{};
    b.restarted(at(0), at(0), limits);
    b.restarted(at(1), at(1), limits);
    CHECK(b.ready_at(at(700), limits) == at(700));
    b.restarted(at(700), at(700), limits);
    CHECK(b.delay() == seconds(10));
}

TEST_CASE("spans are written as Go writes them") {
    CHECK(node::go_duration({}) == "0s");
    CHECK(node::go_duration(seconds(80)) == "1m20s");
    CHECK(node::go_duration(seconds(3600)) == "1h0m0s");
    CHECK(node::go_duration(milliseconds(1500)) == "1.5s");
    CHECK(node::go_duration(milliseconds(250)) == "250ms");
    CHECK(node::go_duration(nanoseconds(1500)) == "1.5µs");
    CHECK(node::go_duration(nanoseconds(7)) == "7ns");
    CHECK(node::go_duration(seconds(-3)) == "-3s");
}
