/// \file
/// Parts of a store as whole ones.

#include <berth/store/by_reference.hpp>
#include <berth/store/detail/prefixed.hpp>
#include <berth/store/laws.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/with_prefix.hpp>

#include <catch2/catch_test_macros.hpp>
#include <store/judge.hpp>

#include <string>
#include <vector>

using namespace berth;
namespace laws = berth::store::laws;
using text_store = store::memory<std::string>;
using text_txn = store::txn<std::string>;
using text_put = store::put_request<std::string>;

namespace {

/// The keys of a whole store, separated by spaces.
template <class S> auto keys_of(S const& s) -> std::string {
    auto out = std::string{};
    auto const all = s.range(laws::everything()).value();
    for (auto const& kv : all.kvs) out.append(out.empty() ? "" : " ").append(kv.key());
    return out;
}

} // namespace

TEST_CASE("a store below a prefix obeys the laws", "[store][laws]") {
    auto const make = [] { return text_store{} | store::with_prefix("tenant-a/"); };
    laws::all(harbour::made_by{make}, harbour::judge);
}

TEST_CASE("prefixes that are hard to end obey the laws, and so do prefixes of prefixes", "[store][laws]") {
    auto const little = laws::effort{.histories = 10, .steps = 60, .depth = 2};
    for (auto const* prefix : {"", "\xff", "\xff\xff", "a\xff", "a"}) {
        INFO(prefix);
        auto const make = [&] { return text_store{} | store::with_prefix(prefix); };
        laws::sequential(harbour::made_by{make}, harbour::judge, little);
    }
    auto const make = [] { return text_store{} | store::with_prefix("a/") | store::with_prefix("b/"); };
    laws::sequential(harbour::made_by{make}, harbour::judge, little);
}

TEST_CASE("tenants of one store do not see each other", "[store]") {
    auto shared = text_store{};
    auto a = store::by_reference(shared) | store::with_prefix("a/");
    auto b = store::by_reference(shared) | store::with_prefix("b/");
    auto seen_by_a = a.watch(laws::watch_everything()).value();
    REQUIRE(store::put(a, "x", "1"));
    REQUIRE(store::put(b, "x", "2"));
    REQUIRE(store::put(b, "y", "3"));
    REQUIRE(store::put(shared, "0", "outside"));
    REQUIRE(store::put(shared, "z", "outside"));
    CHECK(keys_of(shared) == "0 a/x b/x b/y z");
    CHECK(keys_of(a) == "x");
    CHECK(keys_of(b) == "x y");
    CHECK(store::get(b, "x")->value() == "2");
    CHECK(laws::scene<laws::fresh<text_store>>::next(seen_by_a) == "+x@2");
    CHECK(seen_by_a.progress() == 6);

    auto const all = store::erase_request{.key = "\0x", .range_end = std::string{store::unbounded}};
    CHECK(a.range({.key = std::string{store::smallest_key}, .range_end = std::string{store::unbounded}})
              ->count == 1);
    CHECK(store::erase(b, {std::string{store::smallest_key}, all.range_end})->deleted == 2);
    CHECK(keys_of(shared) == "0 a/x z");
}

TEST_CASE("nested transactions stay below the prefix, with their comparisons and replies", "[store]") {
    auto shared = text_store{};
    auto s = store::by_reference(shared) | store::with_prefix("p/");
    REQUIRE(store::put(shared, "k", "outside"));
    auto inner = text_txn{};
    inner.when.push_back({.key = "k", .target = store::compare_target::version, .number = 0});
    inner.then.emplace_back(text_put{.key = "k", .value = "1", .want_previous = true});
    inner.then.emplace_back(store::range_request{.key = "a", .range_end = std::string{store::unbounded}});
    inner.otherwise.emplace_back(store::erase_request{.key = "k", .want_previous = true});
    auto outer = text_txn{};
    outer.then.emplace_back(inner);
    auto const first = store::commit_one(s, outer).value().replies.at(0).nested();
    REQUIRE(first.succeeded);
    REQUIRE(first.replies.at(1).range().kvs.size() == 1);
    CHECK(first.replies.at(1).range().kvs[0].key() == "k");
    CHECK(keys_of(shared) == "k p/k");
    auto const second = store::commit_one(s, outer).value().replies.at(0).nested();
    REQUIRE(!second.succeeded);
    CHECK(second.replies.at(0).erase().previous.at(0).key() == "k");
    CHECK(keys_of(shared) == "k");
}

TEST_CASE("the keys of a lease are those below the prefix", "[store]") {
    auto shared = text_store{};
    auto s = store::by_reference(shared) | store::with_prefix("p/");
    auto const lease = s.grant({.ttl = 100}).value().id;
    REQUIRE(store::put(s, {.key = "a", .value = "1", .lease = lease}));
    REQUIRE(store::put(s, {.key = "b", .value = "1", .lease = lease}));
    REQUIRE(store::put(shared, {.key = "elsewhere", .value = "1", .lease = lease}));
    CHECK(s.time_to_live(lease, true)->keys == std::vector<std::string>{"a", "b"});
    CHECK(s.time_to_live(lease, false)->keys.empty());
    CHECK(store::get(s, "a")->lease() == lease);
    REQUIRE(s.revoke(lease));
    CHECK(keys_of(shared).empty());
}

TEST_CASE("an empty key stays empty below a prefix", "[store]") {
    CHECK(store::detail::below("p/", store::range_request{.key = ""}).key.empty());
    CHECK(store::detail::below("p/", store::watch_request{}).key == std::string("p/\0", 3));
    CHECK(store::detail::below("p/", store::watch_request{}).range_end.empty());
    CHECK(store::detail::end_below("p/", store::unbounded) == "p0");
}
