/// \file
/// What a batch must know of its transactions: whether they order values, only read, or write below a root.

#include <berth/store/etcd/commit.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using namespace berth::store;
using store::detail::changes_below;
using store::detail::only_reads;
using store::detail::orders_values;
using text_txn = txn<std::string>;
using text_put = put_request<std::string>;
using text_compare = compare<std::string>;
using text_reply = txn_reply<std::string>;

TEST_CASE("values are ordered by what compares them as less or greater, or sorts by them", "[store][etcd]") {
    auto const condition = [](compare_target target, comparison is) {
        return text_txn{.when = {text_compare{.key = "a", .target = target, .is = is}}};
    };
    CHECK(orders_values(condition(compare_target::value, comparison::less)));
    CHECK(orders_values(condition(compare_target::value, comparison::greater)));
    CHECK_FALSE(orders_values(condition(compare_target::value, comparison::equal)));
    CHECK_FALSE(orders_values(condition(compare_target::value, comparison::not_equal)));
    CHECK_FALSE(orders_values(condition(compare_target::mod, comparison::less)));
    auto const sorted = text_txn{.otherwise = {range_request{.key = "a", .sort_by = sort_target::value}}};
    CHECK(orders_values(sorted));
    CHECK(orders_values(text_txn{.then = {text_put{"a"}, text_txn{.then = {sorted}}}}));
    CHECK_FALSE(orders_values(text_txn{.then = {range_request{.key = "a", .sort_by = sort_target::mod}}}));
}

TEST_CASE("who writes in some branch does not only read", "[store][etcd]") {
    auto const read = text_txn{.when = {text_compare{"a"}}, .then = {range_request{.key = "a"}}};
    CHECK(only_reads(text_txn{}));
    CHECK(only_reads(read));
    CHECK(only_reads(text_txn{.then = {read}, .otherwise = {read}}));
    CHECK_FALSE(only_reads(text_txn{.then = {range_request{.key = "a"}, text_put{"a"}}}));
    CHECK_FALSE(only_reads(text_txn{.otherwise = {erase_request{.key = "a"}}}));
    CHECK_FALSE(only_reads(text_txn{.then = {read, text_txn{.otherwise = {text_put{"a"}}}}}));
}

TEST_CASE("only what was done, and certainly below the root, counts as a change there", "[store][etcd]") {
    auto const changes = [](text_txn const& asked, text_reply const& done) {
        return changes_below("/top/", asked, done);
    };
    auto const did_put = operation_reply<std::string>{put_reply<std::string>{}};
    auto const deleted = [](std::int64_t n) {
        return operation_reply<std::string>{erase_reply<std::string>{.deleted = n}};
    };
    auto const either = text_txn{.then = {text_put{"/top/a"}}, .otherwise = {text_put{"/other/a"}}};
    CHECK(changes(either, {.succeeded = true, .replies = {did_put}}));
    CHECK_FALSE(changes(either, {.succeeded = false, .replies = {did_put}}));
    auto const removal = [](std::string key, std::string end) {
        return text_txn{.then = {erase_request{.key = std::move(key), .range_end = std::move(end)}}};
    };
    CHECK(changes(removal("/top/a", ""), {.succeeded = true, .replies = {deleted(1)}}));
    CHECK_FALSE(changes(removal("/top/a", ""), {.succeeded = true, .replies = {deleted(0)}}));
    CHECK(changes(removal("/top/a", "/top/b"), {.succeeded = true, .replies = {deleted(1)}}));
    CHECK_FALSE(
        changes(removal("/", "0"), {.succeeded = true, .replies = {deleted(1)}})); // perhaps elsewhere
    auto const nested = text_txn{.then = {range_request{.key = "a"}, either}};
    auto const inner = text_reply{.succeeded = true, .replies = {did_put}};
    CHECK(changes(nested, {.succeeded = true, .replies = {{range_reply<std::string>{}}, {inner}}}));
}
