#include <berth/kube/schedule/doubts.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("who is in doubt is asked after at once, then again after a pause, until there is no doubt") {
    constexpr auto start = time_point::from_unix_seconds(1'767'225'600);
    auto d = kube::doubts(seconds(2));
    CHECK_FALSE(d.next());
    CHECK(d.due(start).empty());
    d.put("a", {1, 1}, start);
    CHECK(d.next() == start);
    CHECK(d.due(start).size() == 1);
    CHECK(d.next() == start + seconds(2));
    CHECK(d.due(start + seconds(1)).empty());
    d.put("b", {2, 1}, start + seconds(1));
    CHECK(d.due(start + seconds(2)).size() == 2);
    d.drop("a");
    d.drop("b");
    CHECK_FALSE(d.next());
    CHECK(d.due(start + seconds(9)).empty());
}
