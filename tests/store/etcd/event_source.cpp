/// \file
/// A watch of etcd that does not break: whole revisions, each once, also over connections that are cut.

#include "proxy.hpp"
#include "server.hpp"
#include "words.hpp"

#include <berth/store/etcd/event_source.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store::testing;
using source = store::detail::event_source<std::string, store::text_codec>;

namespace {

/// The revisions of all events until one is reached.
auto read_to(source& from, store::revision_number last) -> std::vector<store::revision_number> {
    auto out = std::vector<store::revision_number>{};
    auto const end = in(long_time);
    while (from.reached() < last && net::steady_clock::now() < end) {
        auto const batch = from.read(end);
        INFO((batch ? std::string{} : batch.error().message));
        REQUIRE(batch);
        for (auto const& e : batch->events) out.push_back(e.revision());
    }
    return out;
}

} // namespace

TEST_CASE("a source answers what follows a revision, and nothing until there is something", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    for (auto i = 0; i < 4; ++i) REQUIRE(store::put(writer, "a", std::to_string(i)));
    auto here = etcd_parts(server.url());
    auto events = source(here.settings(), 3);
    REQUIRE(events.open(in(long_time)));
    CHECK(read_to(events, 5) == std::vector<store::revision_number>{4, 5});
    CHECK(here.known.revision() == 5);
    auto const none = events.read(net::instant{});
    REQUIRE(none);
    CHECK(none->events.empty());
    CHECK(none->reached == 0);
    events.restart(1);
    CHECK(read_to(events, 5) == std::vector<store::revision_number>{2, 3, 4, 5});
}

TEST_CASE("a transaction's events come in one piece", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    auto both = etcd_txn{.then = {put_of("a", "1"), put_of("b", "1")}};
    REQUIRE(store::commit_one(writer, both));
    auto here = etcd_parts(server.url());
    auto events = source(here.settings(), 1);
    auto const batch = events.read(in(long_time));
    REQUIRE(batch);
    CHECK(batch->reached == 2);
    REQUIRE(batch->events.size() == 2);
    CHECK(batch->events[0].what.kv.key() == "a");
    CHECK(batch->events[1].what.kv.key() == "b");
}

TEST_CASE("a connection that is cut is made anew where it was, without gap or repetition", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto writer = connected(server.url());
    auto here = etcd_parts(proxy.url());
    auto events = source(here.settings(), 1);
    REQUIRE(events.open(in(long_time)));
    auto seen = std::vector<store::revision_number>{};
    for (auto round = 0; round < 4; ++round) {
        for (auto i = 0; i < 10; ++i) REQUIRE(store::put(writer, "a", "x"));
        proxy.cut();
        auto const more = read_to(events, 1 + 10 * (round + 1));
        seen.insert(seen.end(), more.begin(), more.end());
    }
    CHECK(seen.size() == 40);
    CHECK(are_consecutive(seen, 2));
}

TEST_CASE("what has been compacted away is told, and known from then on", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    for (auto i = 0; i < 5; ++i) REQUIRE(store::put(writer, "a", "x"));
    REQUIRE(writer.compact(5));
    auto here = etcd_parts(server.url());
    auto events = source(here.settings(), 1);
    // Some versions confirm such a watch, and then cancel it.
    auto const opened = events.open(in(long_time));
    auto const read = opened ? events.read(in(long_time)) : std::unexpected(opened.error());
    REQUIRE_FALSE(read);
    CHECK(read.error().code == error_code::expired);
    CHECK(here.known.compacted() == 5);
    events.restart(5);
    CHECK(read_to(events, 6) == std::vector<store::revision_number>{6});
}

TEST_CASE("below a root, only its keys are told, and progress passes over the others", "[store][etcd]") {
    auto server = etcd_server{};
    auto writer = connected(server.url());
    REQUIRE(store::put(writer, "in/a", "1"));
    REQUIRE(store::put(writer, "out", "1"));
    REQUIRE(store::put(writer, "in/b", "1"));
    auto here = etcd_parts(server.url());
    auto events = source(here.settings("in/"), 1);
    CHECK(read_to(events, 4) == std::vector<store::revision_number>{2, 4});
}

TEST_CASE("somebody who waits is woken from another thread", "[store][etcd]") {
    auto server = etcd_server{};
    auto here = etcd_parts(server.url());
    auto events = source(here.settings(), 1);
    REQUIRE(events.open(in(long_time)));
    auto const begun = net::steady_clock::now();
    {
        auto const waker = std::jthread([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            events.wake();
        });
        auto const none = events.read(in(std::chrono::minutes(1)));
        REQUIRE(none);
        CHECK(none->events.empty());
    }
    CHECK(net::steady_clock::now() - begun < std::chrono::seconds(30));
}

TEST_CASE("progress is believed of versions that do not let it overtake events", "[store][etcd]") {
    using store::detail::trusts_progress;
    CHECK(trusts_progress("3.5.30"));
    CHECK(trusts_progress("3.6.0"));
    CHECK_FALSE(trusts_progress("3.4.23"));
    CHECK_FALSE(trusts_progress("3.5.7"));
    CHECK_FALSE(trusts_progress(""));
}
