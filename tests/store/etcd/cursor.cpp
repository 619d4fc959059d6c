/// \file
/// A watch of a store on etcd: a position in the log that all share, or a connection of its own while it is
/// behind that.

#include "server.hpp"
#include "words.hpp"

#include <berth/core/step.hpp>
#include <berth/store/etcd/cursor.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store::testing;

namespace {

/// All events until a cursor has come to a revision, asked for so many at a time.
auto read_to(store::etcd::cursor& c, store::revision_number last, std::size_t at_most)
    -> std::vector<store::event<std::string>> {
    auto out = std::vector<store::event<std::string>>{};
    for (auto attempt = 0; c.progress() < last && attempt < 1'000; ++attempt) {
        auto const seen = c.next(at_most);
        if (!seen && seen.error().code == error_code::unavailable) continue;
        INFO((seen ? std::string{} : seen.error().message));
        REQUIRE(seen);
        out.insert(out.end(), seen->begin(), seen->end());
    }
    return out;
}

} // namespace

TEST_CASE("a revision is never divided, whatever few events are asked for", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected(server.url());
    auto c = s.watch(watch_everything()).value();
    auto both = etcd_txn{};
    for (auto const* key : {"a", "b", "c"}) both.then.emplace_back(put_of(key, "1"));
    REQUIRE(store::commit_one(s, both));
    REQUIRE(store::put(s, "d", "1"));
    auto const first = c.next(1).value();
    CHECK(first.size() == 3);
    CHECK(c.progress() == 2);
    CHECK(c.next(1).value().size() == 1);
}

TEST_CASE("what was not asked for is passed over, and progress says so", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected(server.url());
    auto puts = s.watch({.key = "a", .skip_deletes = true}).value();
    REQUIRE(store::put(s, "a", "1"));
    REQUIRE(store::put(s, "b", "1"));
    REQUIRE(store::erase(s, "a"));
    auto const seen = read_to(puts, 4, 100);
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].kv.key() == "a");
    CHECK(puts.progress() == 4);
    CHECK(puts.next().value().empty());
}

TEST_CASE("a cursor that is behind a compaction says so, again and again", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected({.endpoints = {server.url()}, .retained_events = 2});
    auto behind = s.watch(watch_everything(2)).value();
    for (auto i = 0; i < 9; ++i) REQUIRE(store::put(s, "a", "x"));
    REQUIRE(s.compact(8));
    for (auto again = 0; again < 2; ++again) {
        auto const gone = behind.next();
        REQUIRE_FALSE(gone);
        CHECK(gone.error().code == error_code::expired);
    }
}

TEST_CASE("a cursor wakes its reader for what it follows, and for nothing else", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected(server.url());
    auto woken = std::atomic<int>{0};
    auto c = s.watch({.key = "mine"}).value();
    c.on_wake({[](void* n) { ++*static_cast<std::atomic<int>*>(n); }, &woken});
    CHECK(c.next().value().empty());
    REQUIRE(store::put(s, "other", "x"));
    CHECK(woken == 0);
    REQUIRE(store::put(s, "mine", "x"));
    CHECK(woken >= 1);
    CHECK(read_to(c, 3, 10).size() == 1);
    c.on_wake({});
    auto const before = woken.load();
    REQUIRE(store::put(s, "mine", "y"));
    CHECK(woken == before);
}

TEST_CASE("a cursor behind the retained log reads its history and meets the others", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected({.endpoints = {server.url()}, .retained_events = 20});
    auto slow = s.watch(watch_everything()).value();
    auto quick = s.watch(watch_everything()).value();
    auto batch = std::vector<etcd_txn>{};
    for (auto i = 0; i < 300; ++i) batch.push_back(only_put("k" + std::to_string(i % 3), std::to_string(i)));
    for (auto const& done : s.commit(batch)) REQUIRE(done);
    CHECK(are_consecutive(revisions_until(quick, 301), 2));
    auto const first = slow.next(10).value();
    CHECK(first.size() == 10);
    CHECK(slow.progress() == 11);
    auto const rest = revisions_until(slow, 301);
    CHECK(are_consecutive(rest, 12));
    CHECK(rest.size() == 290);
    REQUIRE(store::put(s, "k", "last"));
    CHECK(slow.next()->size() == 1);
    CHECK(quick.next()->size() == 1);
}

TEST_CASE("a cursor outlives its store", "[store][etcd]") {
    auto server = etcd_server{};
    auto c = [&] {
        auto s = connected(server.url());
        auto out = s.watch(watch_everything()).value();
        REQUIRE(store::put(s, "a", "1"));
        return out;
    }();
    CHECK(c.next()->size() == 1);
}
