/// \file
/// A window on an etcd's log: whole revisions come in, whole revisions go out.

#include <berth/store/etcd/event_log.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace berth;
using namespace berth::store;
using store::detail::event_log;
using store::detail::log_entry;
using text_event = event<std::string>;
using text_pair = key_value<std::string>;
using text_entry = log_entry<std::string>;
using entries = std::vector<text_entry>;

namespace {

auto put(std::string_view key, revision_number at) -> text_entry {
    return {{event_type::put, text_pair::make(key, {at, at, 1, 0}, "new"),
             text_pair::make(key, {at - 1, at - 1, 1, 0}, "old")},
            {}};
}
auto erased(std::string_view key, revision_number at) -> text_entry {
    return {{event_type::erase, text_pair::make(key, {at, 0, 0, 0}, {}), {}}, {}};
}
auto broken(std::string_view key, revision_number at) -> text_entry {
    auto out = put(key, at);
    out.fault = std::make_shared<error const>(error{error_code::internal, "no value", {}});
    return out;
}
auto all() -> watch_request { return {.range_end = std::string(unbounded)}; }

/// Keys and revisions: `a2 b2 c3`.
auto told(std::vector<text_event> const& events) -> std::string {
    auto out = std::string();
    for (auto const& e : events) {
        if (!out.empty()) out += ' ';
        out += std::string(e.kv.key()) + std::to_string(e.kv.mod_revision());
    }
    return out;
}

} // namespace

TEST_CASE("a watch wants its own keys, and the kinds of change it did not leave out", "[store][etcd]") {
    auto const wants = [](watch_request const& w, text_entry const& e) {
        return store::detail::wants(w, e.what);
    };
    CHECK(wants({.key = "a"}, put("a", 2)));
    CHECK_FALSE(wants({.key = "a"}, put("ab", 2)));
    CHECK(wants({.key = "a", .range_end = "b"}, erased("ab", 2)));
    CHECK_FALSE(wants({.key = "a", .skip_puts = true}, put("a", 2)));
    CHECK(wants({.key = "a", .skip_puts = true}, erased("a", 2)));
    CHECK_FALSE(wants({.key = "a", .skip_deletes = true}, erased("a", 2)));
}

TEST_CASE("events are taken by whole revisions, about as many as asked for", "[store][etcd]") {
    auto const from = entries{put("a", 2), put("b", 2), put("c", 3), put("a", 4)};
    auto out = std::vector<text_event>();
    CHECK(take_events(from, 0, all(), 1, out) == 2U);
    CHECK(told(out) == "a2 b2");
    out.clear();
    CHECK(take_events(from, 2, all(), 2, out) == 4U);
    CHECK(told(out) == "c3 a4");
    out.clear();
    CHECK(take_events(from, 0, {.key = "c"}, 1, out) == 3U); // passes over what nobody asked for
    CHECK(told(out) == "c3");
    CHECK(take_events(from, 4, all(), 1, out) == 4U);
}

TEST_CASE("the value before is told only to who asked for it", "[store][etcd]") {
    auto const from = entries{put("a", 2)};
    auto out = std::vector<text_event>();
    REQUIRE(take_events(from, 0, {.key = "a"}, 1, out));
    REQUIRE(take_events(from, 0, {.key = "a", .want_previous = true}, 2, out));
    REQUIRE(out.size() == 2);
    CHECK_FALSE(out[0].previous);
    CHECK(out[1].previous.value() == "old");
}

TEST_CASE("before an event that cannot be decoded whole revisions are told, then its error",
          "[store][etcd]") {
    auto const from = entries{put("a", 2), put("b", 3), broken("c", 3), put("d", 4)};
    auto out = std::vector<text_event>();
    CHECK(take_events(from, 0, all(), 100, out) == 1U); // not b, which is of the same revision
    CHECK(told(out) == "a2");
    out.clear();
    auto const stopped = take_events(from, 1, all(), 100, out);
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().message == "no value");
    out.clear();
    CHECK(take_events(from, 0, {.key = "d"}, 100, out) == 4U); // whom it does not concern does not hear of it
    CHECK(told(out) == "d4");
}

TEST_CASE("a log is pulled from where one was, to where it is complete", "[store][etcd]") {
    auto watched = range_signal();
    auto log = event_log<std::string>(100, watched);
    CHECK(log.floor() == 1);
    log.append({put("a", 2), put("b", 4)}, 6).notify();
    auto const from_start = log.pull(0, all(), 100).value();
    CHECK(told(from_start.events) == "a2 b4");
    CHECK(from_start.progress == 6);
    auto const first = log.pull(0, all(), 1).value();
    CHECK(told(first.events) == "a2");
    CHECK(first.progress == 3); // all before the next event
    auto const rest = log.pull(first.progress, all(), 1).value();
    CHECK(told(rest.events) == "b4");
    CHECK(rest.progress == 6);
    auto const ahead = log.pull(9, all(), 1).value(); // who is ahead of the log is not drawn back
    CHECK(ahead.events.empty());
    CHECK(ahead.progress == 9);
    CHECK_FALSE(ahead.is_past);
    log.append({}, 5).notify();
    CHECK(log.reached() == 6);
    CHECK(log.of(4).size() == 1);
    CHECK(log.of(5).empty());
}

TEST_CASE("beyond its capacity a log forgets the oldest revisions, never a part of one", "[store][etcd]") {
    auto watched = range_signal();
    auto log = event_log<std::string>(2, watched);
    log.append({put("a", 2), put("b", 2), put("c", 2)}, 2).notify();
    CHECK(log.floor() == 1); // one revision stays, however large
    log.append({put("a", 3), put("a", 4)}, 4).notify();
    CHECK(log.floor() == 3);
    CHECK(log.of(2).empty());
    CHECK(log.pull(1, all(), 100).value().is_past);
    CHECK(told(log.pull(2, all(), 100).value().events) == "a3 a4");
}

TEST_CASE("a log that begins anew knows nothing of what was before", "[store][etcd]") {
    auto watched = range_signal();
    auto log = event_log<std::string>(100, watched);
    log.append({put("a", 2)}, 2).notify();
    log.restart(10).notify();
    CHECK(log.floor() == 11);
    CHECK(log.reached() == 10);
    CHECK(log.pull(2, all(), 100).value().is_past);
    CHECK_FALSE(log.pull(10, all(), 100).value().is_past);
}

TEST_CASE("a log tells whom an event concerns, and since when", "[store][etcd]") {
    auto watched = range_signal();
    auto log = event_log<std::string>(100, watched);
    auto calls = 0;
    auto const subscribed = watched.subscribe({"b", {}}, {[](void* p) { ++*static_cast<int*>(p); }, &calls});
    log.append({put("a", 2), put("a", 3)}, 3).notify();
    CHECK(calls == 0);
    CHECK(log.quiet_until(subscribed) == 3);
    log.append({put("a", 4), put("b", 5), put("b", 6)}, 6).notify();
    CHECK(calls == 1);
    CHECK(log.quiet_until(subscribed) == 4);
    subscribed.arm();
    log.restart(9).notify();
    CHECK(calls == 2); // anything may have happened meanwhile
}

TEST_CASE("a log tells what was there before the events that follow, as far as it knows", "[store][etcd]") {
    auto watched = range_signal();
    auto log = event_log<std::string>(3, watched);
    log.restart(1).notify();
    auto const written = [](std::string_view key, revision_number created, revision_number at,
                            std::string value) {
        return text_entry{{event_type::put, text_pair::make(key, {at, created, 1, 0}, std::move(value)), {}},
                          {}};
    };
    log.append({written("a", 2, 2, "a2"), written("b", 1, 3, "b3"), broken("c", 4)}, 4).notify();

    auto next = entries{written("a", 2, 5, "a5"), written("a", 2, 6, "a6"), erased("b", 7),
                        written("b", 8, 8, "b8"), written("c", 4, 9, "c9"), written("d", 1, 10, "d10"),
                        erased("a", 11)};
    CHECK(log.complete(next) == std::vector<std::size_t>{5});
    CHECK(next[0].what.previous.value() == "a2");
    CHECK(next[1].what.previous.value() == "a5"); // of those that follow, too
    CHECK(next[2].what.previous.value() == "b3");
    CHECK_FALSE(next[3].what.previous); // it came into being
    CHECK_FALSE(next[4].what.previous); // nobody could decode it
    CHECK(next[6].what.previous.value() == "a6");

    log.append({written("d", 1, 10, "d10"), written("e", 11, 11, "e11")}, 11).notify();
    auto later = entries{written("a", 2, 12, "a12"), written("d", 1, 13, "d13"), erased("e", 14)};
    CHECK(log.complete(later) == std::vector<std::size_t>{0}); // it has left the log
    CHECK(later[1].what.previous.value() == "d10");
    CHECK(later[2].what.previous.value() == "e11");

    log.restart(20).notify();
    auto anew = entries{written("e", 11, 21, "e21")};
    CHECK(log.complete(anew) == std::vector<std::size_t>{0});
}
