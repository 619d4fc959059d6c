/// \file
/// Sets of indexes, and their texts.

#include <berth/kube/batch/job/controller/index_set.hpp>

#include <catch2/catch_test_macros.hpp>

using berth::kube::index_set;

TEST_CASE("a set of indexes is told in intervals, and two neighbours apart") {
    CHECK(index_set().to_string().empty());
    CHECK(index_set({3}).to_string() == "3");
    CHECK(index_set({2, 1}).to_string() == "1,2");
    CHECK(index_set({5, 1, 4, 3, 3}).to_string() == "1,3-5");
    CHECK(index_set({5, 1, 4, 3, 3}).size() == 4);
}

TEST_CASE("of a text that tells indexes what cannot be used is left out") {
    CHECK(index_set::parse("", 5).empty());
    CHECK(index_set::parse("1,3-5,7", 10).to_string() == "1,3-5,7");
    CHECK(index_set::parse("1,3-9", 6).to_string() == "1,3-5");
    CHECK(index_set::parse("x,2,3-y,4", 9).to_string() == "2,4");
    CHECK(index_set::parse("7,1", 5).empty());
    CHECK(index_set::parse("-1,5-3,99999999999999999999", 9).empty());
    CHECK(index_set::parse("0-2147483646", 2147483647).size() == 2147483647);
}

TEST_CASE("a set of indexes answers what is in it, in another, and missing") {
    auto const some = index_set({0, 1, 4, 7, 8});
    CHECK(some.has(0));
    CHECK(some.has(8));
    CHECK(!some.has(5));
    CHECK(!index_set().has(0));
    CHECK(some.with(index_set({2, 3, 9})).to_string() == "0-4,7-9");
    CHECK(count_common(some, index_set({1, 2, 3, 4, 5, 8})) == 3);
    CHECK(count_common(some, index_set()) == 0);
    CHECK(some.first_missing(3, 10) == std::vector<std::int64_t>{2, 3, 5});
    CHECK(some.first_missing(9, 7) == std::vector<std::int64_t>{2, 3, 5, 6});
    CHECK(some.first_missing(9, 2).empty());
    CHECK(index_set().first_missing(2, 9) == std::vector<std::int64_t>{0, 1});
}
