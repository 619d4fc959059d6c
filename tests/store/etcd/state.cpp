/// \file
/// What a store on etcd and its cursors share: which ranges lie below the watched root.

#include <berth/store/etcd/state.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using store::unbounded;
using store::detail::is_below;

TEST_CASE("a range is below a root if all its keys begin with it", "[store][etcd]") {
    CHECK(is_below("a/", {"a/", {}}));
    CHECK(is_below("a/", {"a/b", {}}));
    CHECK_FALSE(is_below("a/", {"a", {}}));
    CHECK_FALSE(is_below("a/", {"b", {}}));
    CHECK(is_below("a/", {"a/", "a0"})); // the root itself
    CHECK(is_below("a/", {"a/b", "a/c"}));
    CHECK_FALSE(is_below("a/", {"a/b", "a1"}));
    CHECK_FALSE(is_below("a/", {"a", "a0"}));
    CHECK_FALSE(is_below("a/", {"a/b", unbounded}));
}

TEST_CASE("without a root everything is below it, and some roots have no end", "[store][etcd]") {
    CHECK(is_below("", {"a", {}}));
    CHECK(is_below("", {"a", unbounded}));
    CHECK(is_below("\xff\xff", {"\xff\xff"
                                "a",
                                unbounded}));
    CHECK_FALSE(is_below("\xff\xff", {"\xff", unbounded}));
    CHECK(is_below("\xff\xff", {"\xff\xff", {}}));
}
