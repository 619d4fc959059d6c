/// \file
/// Which transactions may become one: those between which nobody can tell an order.

#include <berth/store/etcd/merging.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;
using namespace berth::store;
using store::detail::footprint;
using store::detail::merge_group;
using store::detail::touched_keys;
using text_txn = txn<std::string>;
using text_put = put_request<std::string>;
using text_compare = compare<std::string>;

namespace {

auto keys(std::vector<key_range> const& ranges) -> touched_keys {
    auto out = touched_keys();
    for (auto const& r : ranges) out.add(r);
    return out;
}

auto meet(std::vector<key_range> const& a, std::vector<key_range> const& b) -> bool {
    auto const there = keys(a).meets(keys(b));
    CHECK(there == keys(b).meets(keys(a)));
    return there;
}

auto are_independent(text_txn const& a, text_txn const& b) -> bool {
    auto of_a = footprint();
    auto of_b = footprint();
    add_to(of_a, a);
    add_to(of_b, b);
    auto const there = of_a.is_independent_of(of_b);
    CHECK(there == of_b.is_independent_of(of_a));
    return there;
}

auto put_of(std::string key) -> text_txn { return {.then = {text_put{std::move(key)}}}; }
auto reads(std::string key, revision_number at = 0) -> text_txn {
    return {.then = {range_request{.key = std::move(key), .revision = at}}};
}

} // namespace

TEST_CASE("sets of keys meet where they have a key in common, seen from either side", "[store][etcd]") {
    CHECK_FALSE(meet({}, {}));
    CHECK_FALSE(meet({{"a", {}}}, {}));
    CHECK(meet({{"a", {}}}, {{"a", {}}}));
    CHECK(meet({{"x", {}}, {"a", {}}, {"z", {}}}, {{"a", {}}}));
    CHECK_FALSE(meet({{"a", {}}, {"c", {}}}, {{"b", {}}}));
    CHECK(meet({{"a", {}}}, {{"a", "b"}}));
    CHECK_FALSE(meet({{"b", {}}}, {{"a", "b"}}));
    CHECK(meet({{"0", {}}, {"aa", {}}}, {{"a", "b"}}));
    CHECK_FALSE(meet({{"0", {}}, {"c", {}}}, {{"a", "b"}}));
    CHECK(meet({{"z", {}}}, {{"b", unbounded}}));
    CHECK_FALSE(meet({{"a", {}}}, {{"b", unbounded}}));
    CHECK(meet({{"a", "c"}}, {{"b", "d"}}));
    CHECK(meet({{"a", "z"}}, {{"b", "c"}}));
    CHECK_FALSE(meet({{"a", "b"}}, {{"b", "c"}}));
    CHECK(meet({{"a", unbounded}}, {{"b", "c"}}));
    CHECK_FALSE(meet({{"c", unbounded}}, {{"b", "c"}}));
    CHECK(meet({{"a", unbounded}}, {{"b", unbounded}}));
    CHECK(meet({{"a", std::string_view("a\xff")}}, {{std::string_view("a\xfe"), {}}})); // bytes have no sign
}

TEST_CASE("readers do not mind each other, writers mind everybody", "[store][etcd]") {
    CHECK(are_independent(reads("a"), reads("a")));
    CHECK_FALSE(are_independent(reads("a"), put_of("a")));
    CHECK_FALSE(are_independent(put_of("a"), put_of("a")));
    CHECK(are_independent(put_of("a"), put_of("b")));
    CHECK_FALSE(are_independent(text_txn{.when = {text_compare{.key = "a"}}}, put_of("a")));
    CHECK_FALSE(are_independent(text_txn{.when = {text_compare{.key = "a", .range_end = "c"}}}, put_of("b")));
    CHECK_FALSE(are_independent(text_txn{.then = {erase_request{.key = "a", .range_end = "c"}}}, reads("b")));
}

TEST_CASE("what was at an older revision is nobody's concern", "[store][etcd]") {
    CHECK(are_independent(reads("a", 5), put_of("a")));
    CHECK_FALSE(are_independent(reads("a", -1), put_of("a")));
}

TEST_CASE("both branches count, and what is nested in them", "[store][etcd]") {
    CHECK_FALSE(are_independent(text_txn{.otherwise = {text_put{"a"}}}, reads("a")));
    CHECK_FALSE(are_independent(text_txn{.then = {text_txn{.otherwise = {put_of("a")}}}}, reads("a")));
    CHECK_FALSE(
        are_independent(text_txn{.then = {text_txn{.when = {text_compare{.key = "a"}}}}}, put_of("a")));
}

TEST_CASE("a transaction takes as many operations as its longest list, level by level", "[store][etcd]") {
    using store::detail::depth_of;
    CHECK(depth_of(text_txn{}) == 0);
    CHECK(depth_of(put_of("a")) == 1);
    CHECK(depth_of(text_txn{.when = {text_compare{"a"}, text_compare{"b"}, text_compare{"c"}},
                            .then = {text_put{"a"}},
                            .otherwise = {text_put{"a"}, text_put{"b"}}}) == 3);
    auto const two = text_txn{.then = {text_put{"a"}, text_put{"b"}}};
    CHECK(depth_of(text_txn{.then = {put_of("a")}, .otherwise = {two, put_of("b")}}) == 4);
    CHECK(depth_of(text_txn{.then = {text_txn{.then = {two}}}}) == 4);
}

TEST_CASE("a group takes neighbours until one of them depends on it, or it is full", "[store][etcd]") {
    // A group keeps views of what it takes.
    auto const put_a = put_of("a");
    auto const put_b = put_of("b");
    auto const put_c = put_of("c");
    auto const put_d = put_of("d");
    auto const read_a = reads("a");
    auto const read_b = reads("b");
    auto const two_puts = text_txn{.then = {text_put{"x"}, text_put{"y"}}};
    SECTION("one that depends on any of them waits") {
        auto group = merge_group(100);
        CHECK(group.add(put_a, 10));
        CHECK(group.add(read_b, 10));
        CHECK_FALSE(group.add(put_b, 10));
        CHECK_FALSE(group.add(read_a, 10));
        CHECK(group.add(put_c, 10)); // the refused ones have left nothing behind
        CHECK(group.size() == 3);
    }
    SECTION("the servers' limit of operations holds for the whole") {
        auto group = merge_group(4);
        CHECK(group.add(put_a, 1));
        CHECK(group.add(put_b, 1));
        CHECK_FALSE(group.add(two_puts, 1)); // three, and two within one of them
        CHECK(group.add(put_c, 1));
        CHECK_FALSE(group.add(put_d, 1));
    }
    SECTION("bytes are limited, but the first is taken in any case") {
        auto group = merge_group(1);
        CHECK(group.add(two_puts, 5'000'000));
        CHECK(group.size() == 1);
        auto small = merge_group(100);
        CHECK(small.add(put_a, 600'000));
        CHECK_FALSE(small.add(put_b, 400'001));
        CHECK(small.add(put_b, 400'000));
    }
}
