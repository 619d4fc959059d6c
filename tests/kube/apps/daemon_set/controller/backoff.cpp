/// \file
/// Waits that grow with failures.

#include <berth/kube/apps/daemon_set/controller/backoff.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("each failure doubles the wait, up to a quarter of an hour, and is forgotten in time") {
    auto waits = kube::failure_backoff();
    auto now = time_point::from_unix_seconds(1'000'000);
    CHECK(!waits.left("a", now));
    waits.add("a", now);
    CHECK(waits.left("a", now) == seconds(1));
    CHECK(!waits.left("b", now));
    CHECK(!waits.left("a", now + seconds(1)));
    for (auto n = 0; n < 20; ++n) waits.add("a", now);
    CHECK(waits.left("a", now) == minutes(15));
    waits.forget(now + minutes(30));
    CHECK(waits != kube::failure_backoff());
    waits.forget(now + minutes(31));
    CHECK(waits == kube::failure_backoff());
}
