/// \file
/// Several transactions as one: what is sent, and how the answer is divided.

#include <berth/store/etcd/joined.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store;
using store::detail::fields_of;
using store::detail::flat_answer;
using store::detail::flat_size;
using store::detail::txn_fields;
using text_txn = txn<std::string>;
using text_put = put_request<std::string>;
using text_compare = compare<std::string>;
using text_reply = txn_reply<std::string>;

namespace {

/// Creates a key, and tells what is there if it is there already.
auto create(std::string key) -> text_txn {
    return {.when = {text_compare{.key = key}},
            .then = {text_put{.key = key, .value = "v"}},
            .otherwise = {range_request{.key = key}}};
}
auto parts(text_txn const& t) -> txn_fields { return fields_of(t, text_codec{}); }
auto whole(txn_fields const& t) -> std::string {
    auto out = std::string();
    store::detail::append(out, t);
    return out;
}

} // namespace

TEST_CASE("a transaction in parts is the transaction", "[store][etcd]") {
    for (auto const& t : {create("k"), text_txn{}, text_txn{.then = {text_put{"a"}, create("b")}},
                          text_txn{.when = {text_compare{.key = "a"}, text_compare{.key = "b"}}}}) {
        auto in_one = std::string();
        store::detail::encode(in_one, t, text_codec{});
        CHECK(whole(parts(t)) == in_one);
    }
}

TEST_CASE("joined transactions compare all and do all, and nothing otherwise", "[store][etcd]") {
    auto all = parts(create("a"));
    all.join(parts(text_txn{.then = {range_request{.key = "r"}}}));
    all.join(parts(text_txn{}));
    all.join(parts(create("b")));
    all.otherwise.clear();
    auto const expected = text_txn{.when = {text_compare{.key = "a"}, text_compare{.key = "b"}},
                                   .then = {text_put{.key = "a", .value = "v"}, range_request{.key = "r"},
                                            text_put{.key = "b", .value = "v"}}};
    CHECK(whole(all) == whole(parts(expected)));
    auto from_nothing = txn_fields{};
    from_nothing.join(parts(create("a")));
    CHECK(whole(from_nothing) ==
          whole(parts({.when = {text_compare{.key = "a"}}, .then = {text_put{.key = "a", .value = "v"}}})));
}

TEST_CASE("a flat transaction has room for so many operations, and for none inside another",
          "[store][etcd]") {
    auto size = flat_size<std::string>();
    CHECK(size.fits(0));
    size.add(create("a"));
    size.add(text_txn{.then = {text_put{"b"}, text_put{"c"}}});
    CHECK(size.fits(3));
    CHECK_FALSE(size.fits(2));
    size.add(text_txn{.when = std::vector(3, text_compare{.key = "d"})});
    CHECK_FALSE(size.fits(3));
    CHECK(size.fits(4));
    size.add(text_txn{.then = {create("e")}});
    CHECK_FALSE(size.fits(100));
}

TEST_CASE("each gets its part of the answer, at the revision up to its end", "[store][etcd]") {
    auto const asked = std::vector<text_txn>{
        {.then = {range_request{.key = "a"}}},
        {.then = {erase_request{.key = "gone"}}},
        {},
        {.then = {erase_request{.key = "there"}, range_request{.key = "b"}}},
        {.then = {range_request{.key = "c"}}},
    };
    auto all = text_reply{.succeeded = true, .revision = 8, .replies = {}};
    auto const add = [&](auto reply) { all.replies.push_back({std::move(reply)}); };
    add(range_reply<std::string>{.count = 1});
    add(erase_reply<std::string>{.deleted = 0});
    add(erase_reply<std::string>{.deleted = 1});
    add(range_reply<std::string>{.count = 2});
    add(range_reply<std::string>{.count = 3});
    auto parts = flat_answer<std::string>(all, true);
    auto got = std::vector<text_reply>();
    for (auto const& t : asked) got.push_back(parts.next(t));
    for (auto const& g : got) CHECK(g.succeeded);
    CHECK(got[0].revision == 7);
    CHECK(got[0].replies.at(0).range().count == 1);
    CHECK(got[1].revision == 7);
    CHECK(got[2].revision == 7);
    CHECK(got[2].replies.empty());
    CHECK(got[3].revision == 8);
    CHECK(got[3].replies.at(0).erase().deleted == 1);
    CHECK(got[3].replies.at(1).range().count == 2);
    CHECK(got[4].revision == 8);
    CHECK(got[4].replies.at(0).range().count == 3);
}

TEST_CASE("who only reads has the revision of the whole", "[store][etcd]") {
    auto all = text_reply{.succeeded = true, .revision = 5, .replies = {{range_reply<std::string>{}}}};
    auto parts = flat_answer<std::string>(all, false);
    CHECK(parts.next({.then = {range_request{.key = "a"}}}).revision == 5);
}
