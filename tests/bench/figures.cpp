#include <berth/bench/figures.hpp>

#include <catch2/catch_all.hpp>

#include <vector>

namespace {

using namespace berth;

TEST_CASE("a table has a line for each, and compares with the first") {
    auto const all = std::vector<bench::contender>{
        {"stock", {2000, 2000, milliseconds(2), nanoseconds(790), nanoseconds(1600), 0, 0, 0}},
        {"mine", {2000, 1999, milliseconds(4), microseconds(12), seconds(2), 1.5, 300, 0}}};
    CHECK(bench::table(all) == "name        /s     x    p50    p99  allocations  bytes  succeeded\n"
                               "stock  1000000  1.00  790ns  1.6us          0.0      0  2000/2000\n"
                               "mine    500000  0.50   12us   2.0s          1.5    300  1999/2000\n");
}

TEST_CASE("who has measured nothing has no rate") {
    CHECK(bench::figures().per_second() == 0);
    CHECK(bench::table(std::vector<bench::contender>{{"none", {}}})
              .ends_with("none   0  -  0ns  0ns          0.0      0  0/0\n"));
}

TEST_CASE("figures of rounds are figures of what a round is made of") {
    auto const round =
        bench::figures{10, 10, milliseconds(1), microseconds(100), microseconds(200), 50, 500, 7};
    auto const each = round.for_each_of(100);
    CHECK(each.operations == 1000);
    CHECK(each.per_second() == 1e6);
    CHECK(each.p50 == microseconds(1));
    CHECK(each.allocations == 0.5);
    CHECK(each.bytes == 5);
}

} // namespace
