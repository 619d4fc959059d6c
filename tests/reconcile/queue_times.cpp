/// \file
/// How long keys waited and were worked on.

#include <berth/reconcile/queue.hpp>
#include <berth/reconcile/queue_times.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using reconcile::duration_histogram;
using reconcile::work_queue;

namespace {

constexpr auto start = time_point::from_unix_seconds(1'000'000);

} // namespace

TEST_CASE("durations fall into powers of ten from 10 ns to 1000 s") {
    CHECK(duration_histogram::bound(0) == nanoseconds(10));
    CHECK(duration_histogram::bound(11) == seconds(1000));
    auto h = duration_histogram();
    for (auto d : {nanoseconds(10), nanoseconds(11), seconds(1000), seconds(1001)}) h.add(d);
    CHECK(h.bucket(0) == 1);
    CHECK(h.bucket(1) == 1);
    CHECK(h.bucket(11) == 1);
    CHECK(h.bucket(duration_histogram::bounds) == 1);
    CHECK(h.count() == 4);
    CHECK(h.sum() == seconds(2001) + nanoseconds(21));
    auto two = h;
    two.merge(h);
    CHECK(two.count() == 8);
    CHECK(two.sum() == h.sum() * 2);
}

TEST_CASE("a queue tells how long keys waited and were worked on, where it was told the times") {
    auto q = work_queue<int>();
    q.add_now(1, start);
    q.add(2);
    q.add_at(3, start + seconds(2));
    REQUIRE(q.get(start + seconds(5)) == 1);
    REQUIRE(q.get(start + seconds(5)) == 2);
    REQUIRE(q.get(start + seconds(5)) == 3);
    CHECK(q.times().waited.count() == 2); // 2 was added at an unknown time
    CHECK(q.times().waited.sum() == seconds(5) + seconds(3));
    CHECK(q.unfinished(start + seconds(6)) == reconcile::unfinished_work{seconds(3), seconds(1)});
    q.add_now(1, start + seconds(7)); // waits from here on, though it is worked on
    q.done(1, start + seconds(9));
    CHECK(q.times().worked.sum() == seconds(4));
    CHECK(q.unfinished(start + seconds(9)).total == seconds(8));
    REQUIRE(q.get(start + seconds(10)) == 1);
    CHECK(q.times().waited.sum() == seconds(8) + seconds(3));
    q.done(2);
    CHECK(q.times().worked.count() == 1);
}
