/// \file
/// Which ranges are read in pages: long ones that can be continued after a key.

#include <berth/store/etcd/paging.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using namespace berth::store;
using store::detail::comes_in_pages;

TEST_CASE("long ranges in the order of their keys come in pages", "[store][etcd]") {
    auto const all = range_request{.key = "a", .range_end = "b"};
    CHECK(comes_in_pages(all, 10));
    CHECK_FALSE(comes_in_pages(all, 0)); // pages are switched off
    auto r = all;
    r.limit = 11;
    CHECK(comes_in_pages(r, 10));
    r.limit = 10;
    CHECK_FALSE(comes_in_pages(r, 10)); // it is one
    r.sort_by = sort_target::mod;       // all must come, to be sorted here
    CHECK(comes_in_pages(r, 10));
    r.order = sort_order::descend;
    CHECK(comes_in_pages(r, 10));
}

TEST_CASE("a single key, a count and a range from its end come at once", "[store][etcd]") {
    CHECK_FALSE(comes_in_pages({.key = "a"}, 10));
    CHECK_FALSE(comes_in_pages({.key = "a", .range_end = "b", .count_only = true}, 10));
    CHECK_FALSE(comes_in_pages({.key = "a", .range_end = "b", .order = sort_order::descend}, 10));
    CHECK(comes_in_pages({.key = "a", .range_end = "b", .order = sort_order::ascend}, 10));
}
