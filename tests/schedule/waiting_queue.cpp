#include "harbour.hpp"

#include <berth/schedule/waiting_queue.hpp>

namespace {

using namespace berth::schedule;
using berth::milliseconds, berth::minutes, berth::seconds;
using harbour::task;

constexpr auto start = berth::time_point{};
constexpr auto by_cpu = [](task const& a, task const& b) { return a.cpu > b.cpu; };
using queue = waiting_queue<task, decltype(by_cpu)>;

/// The zones of the tasks that are ready, in their order.
auto ready(queue& q, berth::time_point now) -> std::vector<int> {
    auto out = std::vector<int>{};
    (void)q.due(now);
    while (auto const t = q.take()) {
        out.push_back(q.find(*t)->zone);
        q.refused(*t, {}, now);
    }
    return out;
}

TEST_CASE("the order decides, then who came first") {
    auto q = queue();
    for (auto const& t : {task{1, 1}, task{5, 2}, task{1, 3}, task{5, 4}}) q.add(t);
    CHECK(ready(q, start) == std::vector{2, 4, 1, 3});
    CHECK(ready(q, start).empty());
    CHECK(q.size() == 4);
}

TEST_CASE("a task that was tried waits for a change that it hears of") {
    auto q = queue();
    q.add({1, 1});
    q.refused(*q.take(), {facet_set{4}}, start);
    q.changed(facet_set{3}, start + seconds(5));
    CHECK(ready(q, start + seconds(5)).empty());
    q.changed(facet_set{6}, start + seconds(5));
    CHECK(ready(q, start + seconds(5)) == std::vector{1});
}

TEST_CASE("the back-off doubles up to its greatest") {
    auto q = queue({}, {.first = seconds(1), .most = seconds(3), .forgotten = minutes(5)});
    q.add({1, 1});
    auto now = start;
    for (auto const wait : {1, 2, 3, 3}) {
        q.refused(*q.take(), {facet_set::all()}, now);
        q.changed(facet_set{1}, now);
        CHECK(q.next_ready(now) == now + seconds(wait));
        (void)q.due(now + seconds(wait) - milliseconds(1));
        CHECK(!q.take());
        now = now + seconds(wait);
        (void)q.due(now);
    }
}

TEST_CASE("a task of which nothing is heard is tried again after a long time") {
    auto q = queue();
    q.add({1, 1});
    CHECK(ready(q, start) == std::vector{1});
    CHECK(q.next_ready(start) == start + minutes(5));
    CHECK(ready(q, start + minutes(5)) == std::vector{1});
}

TEST_CASE("tasks of one rank that are tried again take turns") {
    auto q = queue();
    q.add({1, 1});
    q.add({1, 2});
    auto const first = *q.take();
    q.refused(first, {}, start);
    q.add({1, 3});
    q.again(first, start + seconds(2));
    CHECK(ready(q, start + seconds(2)) == std::vector{2, 1, 3});
}

TEST_CASE("a new value of a task counts at once if it waits to be tried, else if it helps") {
    auto q = queue();
    auto const a = q.add({1, 1});
    q.add({2, 2});
    q.replace(a, {3, 3}, false, start);
    CHECK(ready(q, start) == std::vector{3, 2});
    q.replace(a, {4, 4}, false, start + seconds(5));
    CHECK(ready(q, start + seconds(5)).empty());
    q.replace(a, {5, 5}, true, start + seconds(5));
    CHECK(ready(q, start + seconds(5)) == std::vector{5});
}

TEST_CASE("a held task is not tried; its deadline is told") {
    auto q = queue();
    q.add({1, 1});
    auto const id = *q.take();
    q.hold(id, start + seconds(9));
    q.changed(facet_set::all(), start + seconds(1));
    q.replace(id, {2, 2}, true, start + seconds(1));
    CHECK(!q.due(start + seconds(8)));
    CHECK(!q.take());
    CHECK(q.find(id)->zone == 1);
    CHECK(q.due(start + seconds(9)) == id);
    q.hold(id, std::nullopt);
    CHECK(!q.next_ready(start));
    q.at_once(id);
    CHECK(ready(q, start + seconds(9)) == std::vector{1});
}

TEST_CASE("the name of a task that has left names nobody") {
    auto q = queue();
    auto const a = q.add({1, 1});
    CHECK(q.remove(a)->zone == 1);
    auto const b = q.add({1, 2});
    CHECK(!(a == b));
    CHECK(q.find(a) == nullptr);
    CHECK(!q.remove(a));
    q.again(a, start);
    q.at_once(a);
    q.hold(a, std::nullopt);
    q.replace(a, {9, 9}, true, start);
    CHECK(ready(q, start) == std::vector{2});
    CHECK(q.find(b)->zone == 2);
    CHECK(queue().find(ticket{}) == nullptr);
}

TEST_CASE("a parked task that is removed does not come back") {
    auto q = queue();
    auto const a = q.add({1, 1});
    q.refused(*q.take(), {}, start);
    q.remove(a);
    CHECK(!q.next_ready(start));
    CHECK(q.size() == 0);
}

TEST_CASE("a gated task is no attempt, and comes back with another value, or when it is told") {
    auto q = queue();
    auto const id = q.add({1, 1});
    for (auto n = 0; n < 3; ++n) {
        q.gate(*q.take());
        q.changed(facet_set::all(), start);
        CHECK(!q.next_ready(start));
        q.replace(id, {1, 2}, n != 0, start);
        CHECK(q.next_ready(start).has_value() == (n != 0));
        q.again(id, start);
    }
    q.refused(*q.take(), {facet_set::all()}, start);
    q.changed(facet_set::all(), start);
    CHECK(q.next_ready(start) == start + seconds(1));
}

TEST_CASE("failures count on their own, until the next refusal") {
    auto q = queue();
    q.add({1, 1});
    auto now = start;
    auto const wait = [&](bool fails) {
        auto const id = *q.take();
        if (fails) {
            q.failed(id, now);
        } else {
            q.refused(id, {facet_set::all()}, now);
            q.changed(facet_set::all(), now);
        }
        auto const ready = *q.next_ready(now);
        auto const out = (ready - now).nanoseconds / seconds(1).nanoseconds;
        now = ready;
        (void)q.due(now);
        return out;
    };
    auto const waits = std::vector{wait(true), wait(true), wait(true), wait(false), wait(true), wait(false)};
    CHECK(waits == std::vector<std::int64_t>{1, 2, 4, 1, 1, 2});
}

TEST_CASE(
    "a back-off that may be cut short is, when nobody else is to be tried; the order counts in a second") {
    auto q = queue({}, {.cut_short = true});
    for (auto const zone : {1, 2, 3}) q.add({zone, zone});
    auto const ids = std::vector{*q.take(), *q.take(), *q.take()}; // 3, 2, 1
    q.failed(ids[0], start);
    q.refused(ids[1], {facet_set::all()}, start + milliseconds(100));
    q.refused(ids[2], {facet_set::all()}, start);
    CHECK(q.next_ready(start) == start + seconds(1));
    q.changed(facet_set::all(), start + milliseconds(200));
    q.add({0, 9});
    CHECK(ready(q, start + milliseconds(200)) == std::vector{9, 2, 1});
    CHECK(q.next_ready(start + milliseconds(200)) == start + seconds(1));
}

TEST_CASE("of those that hear of a change only those whom it helps come back") {
    auto q = queue();
    for (auto const zone : {1, 2, 3}) q.add({1, zone}, static_cast<std::uint32_t>(zone));
    for (auto i = 0; i < 3; ++i) q.refused(*q.take(), {facet_set{1}, 4}, start);
    q.changed(facet_set{1}, start + seconds(2), [](task const& t, std::uint32_t lane, std::uint64_t leaves) {
        CHECK(lane == static_cast<std::uint32_t>(t.zone));
        CHECK(leaves == 4);
        return t.zone == 2;
    });
    CHECK(ready(q, start + seconds(2)) == std::vector{2});
    q.changed(facet_set{1}, start + seconds(4));
    CHECK(ready(q, start + seconds(4)).size() == 2); // one hears of nothing any more
}

} // namespace
