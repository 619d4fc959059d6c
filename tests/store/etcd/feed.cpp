/// \file
/// The one watch that all cursors of a store share: who waits reads for all, and what is compacted meanwhile
/// is known to be gone.

#include "server.hpp"
#include "words.hpp"

#include <berth/store/etcd/feed.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store::testing;

namespace {

/// A feed with what it needs.
struct place : etcd_parts {
    explicit place(std::string const& url, std::size_t retained = 1'000)
        : etcd_parts(url), feed(settings(), retained) {}

    store::detail::etcd_feed<std::string, store::text_codec> feed;
};

} // namespace

TEST_CASE("a feed fills its log up to what is wanted, and begins once", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    REQUIRE(store::put(writer, "a", "1"));
    auto here = place(server.url());
    REQUIRE(here.feed.begin(2, in(long_time)));
    REQUIRE(here.feed.begin(1, in(long_time))); // it has begun: nothing happens
    CHECK(here.feed.log.floor() == 3);
    CHECK(here.feed.log.reached() == 2);
    for (auto i = 0; i < 3; ++i) REQUIRE(store::put(writer, "a", "2"));
    REQUIRE(here.feed.pump(5, in(long_time)));
    CHECK(here.feed.log.reached() == 5);
    CHECK(here.known.revision() == 5);
    auto const late = here.feed.pump(6, in(std::chrono::milliseconds(20)));
    REQUIRE_FALSE(late);
    CHECK(late.error().code == error_code::unavailable);
    CHECK(late.error().message == "etcd: the watch has not come to revision 6 yet");
}

TEST_CASE("a poll takes in what has come and waits for nothing", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    auto here = place(server.url());
    REQUIRE(here.feed.poll()); // before it has begun, too
    REQUIRE(here.feed.begin(1, in(long_time)));
    for (auto i = 0; i < 20; ++i) REQUIRE(store::put(writer, "a", "x"));
    for (auto const end = in(long_time); here.feed.log.reached() < 21 && net::steady_clock::now() < end;)
        REQUIRE(here.feed.poll());
    CHECK(here.feed.log.reached() == 21);
}

TEST_CASE("of many who want news one reads and all are served", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    auto here = place(server.url());
    REQUIRE(here.feed.begin(1, in(long_time)));
    auto served = std::atomic<int>{0};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto i = 0; i < 4; ++i)
            threads.emplace_back([&] { served += here.feed.pump(11, in(long_time)) ? 1 : 0; });
        for (auto i = 0; i < 10; ++i) REQUIRE(store::put(writer, "a", "x"));
    }
    CHECK(served == 4);
}

TEST_CASE("a thread of its own reads until it is told to stop", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    auto here = place(server.url());
    REQUIRE(here.feed.begin(1, in(long_time)));
    {
        auto const runner = std::jthread([&](std::stop_token const& stop) { here.feed.run(stop); });
        REQUIRE(store::put(writer, "a", "x"));
        for (auto const end = in(long_time); here.feed.log.reached() < 2 && net::steady_clock::now() < end;)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        CHECK(here.feed.log.reached() == 2);
    } // ends, though nothing more comes
    REQUIRE(store::put(writer, "a", "y"));
    REQUIRE(here.feed.pump(3, in(long_time)));
}

TEST_CASE("a log that was compacted away begins behind what is gone", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    for (auto i = 0; i < 6; ++i) REQUIRE(store::put(writer, "a", "x"));
    REQUIRE(writer.compact(6));
    auto here = place(server.url());
    // Some versions refuse such a watch at once, others confirm it and then cancel it.
    if (auto const begun = here.feed.begin(2, in(long_time)); !begun) {
        CHECK(begun.error().code == error_code::expired);
        REQUIRE(here.feed.begin(here.known.compacted() - 1, in(long_time)));
    }
    REQUIRE(here.feed.pump(7, in(long_time)));
    CHECK(here.known.compacted() == 6);
    CHECK(here.feed.log.floor() == 6);
}

TEST_CASE("no more is kept than the log holds", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    auto here = place(server.url(), 5);
    REQUIRE(here.feed.begin(1, in(long_time)));
    for (auto i = 0; i < 20; ++i) REQUIRE(store::put(writer, "a", "x"));
    REQUIRE(here.feed.pump(21, in(long_time)));
    CHECK(here.feed.log.floor() == 17);
}

TEST_CASE("a feed tells what was there before, of keys that were written before it began, too",
          "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    for (auto const* const key : {"a", "b", "c", "d"}) REQUIRE(store::put(writer, key, "old"));
    auto here = place(server.url());
    REQUIRE(here.feed.begin(5, in(long_time)));
    REQUIRE(store::commit_one(writer, etcd_txn{.then = {put_of("a", "new"), put_of("b", "new")}}));
    REQUIRE(store::erase(writer, "a"));
    REQUIRE(store::erase(writer, "c"));
    REQUIRE(store::put(writer, "c", "again"));
    REQUIRE(here.feed.pump(9, in(long_time)));
    auto const seen =
        here.feed.log.pull(5, {.range_end = std::string(store::unbounded), .want_previous = true}, 100);
    REQUIRE(seen);
    auto told = std::vector<std::string>();
    for (auto const& e : seen->events) told.push_back(e.previous ? e.previous.value() : "none");
    CHECK(told == std::vector<std::string>{"old", "old", "new", "old", "none"});
}

TEST_CASE("what was there before is absent where it is compacted", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    for (auto const* const key : {"a", "b"}) REQUIRE(store::put(writer, key, "old"));
    auto here = place(server.url());
    REQUIRE(here.feed.begin(3, in(long_time)));
    REQUIRE(store::put(writer, "a", "new"));
    REQUIRE(store::put(writer, "b", "new"));
    REQUIRE(writer.compact(4)); // at 3 nobody may look any more, at 4 everybody
    REQUIRE(here.feed.pump(5, in(long_time)));
    auto const seen =
        here.feed.log.pull(3, {.range_end = std::string(store::unbounded), .want_previous = true}, 100);
    REQUIRE(seen);
    REQUIRE(seen->events.size() == 2);
    CHECK(seen->events[1].previous.value() == "old");
}
