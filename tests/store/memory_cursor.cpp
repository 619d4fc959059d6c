/// \file
/// Cursors of the store in memory: places in one log that all share.

#include <berth/store/memory.hpp>
#include <berth/store/memory_cursor.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <optional>
#include <string>
#include <vector>

using namespace berth;
using texts = store::memory<std::string>;

namespace {

auto everything() -> store::watch_request { return {.range_end = std::string{store::unbounded}}; }

auto keys(texts::cursor& c, std::size_t at_most = 1'000) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    auto const events = c.next(at_most).value();
    for (auto const& e : events) out.emplace_back(e.kv.key());
    return out;
}

using names = std::vector<std::string>;

} // namespace

TEST_CASE("cursors go their own ways through one log", "[store][memory]") {
    auto s = texts();
    auto slow = s.watch(everything()).value();
    REQUIRE(store::put(s, "a", "1"));
    auto quick = s.watch(everything()).value();
    REQUIRE(store::put(s, "b", "1"));
    CHECK(keys(quick) == names{"b"});
    CHECK(keys(slow) == names{"a", "b"});
    CHECK(keys(slow).empty());
    CHECK(slow.progress() == quick.progress());
}

TEST_CASE("a revision is told whole, even beyond what was asked for", "[store][memory]") {
    auto s = texts();
    auto c = s.watch(everything()).value();
    auto both = store::txn<std::string>{};
    for (auto const* key : {"a", "b"})
        both.then.push_back(store::put_request<std::string>{.key = key, .value = "1"});
    REQUIRE(s.commit(std::vector{both}).front());
    REQUIRE(store::put(s, "c", "1"));
    CHECK(keys(c, 1) == names{"a", "b"});
    CHECK(keys(c, 1) == names{"c"});
}

TEST_CASE("what precedes an event is told where it was asked for and is still known", "[store][memory]") {
    auto s = texts();
    auto asked = everything();
    asked.want_previous = true;
    auto c = s.watch(asked).value();
    REQUIRE(store::put(s, "a", "1"));
    REQUIRE(store::put(s, "a", "2"));
    REQUIRE(store::erase(s, "a"));
    auto const events = c.next().value();
    REQUIRE(events.size() == 3);
    CHECK_FALSE(bool(events[0].previous));
    CHECK(events[1].previous.value() == "1");
    CHECK(events[2].previous.value() == "2");
    CHECK(events[2].type == store::event_type::erase);
}

TEST_CASE("puts or deletions are passed over where they are not wanted", "[store][memory]") {
    auto s = texts();
    auto no_puts = everything();
    no_puts.skip_puts = true;
    auto no_deletes = everything();
    no_deletes.skip_deletes = true;
    auto deletions = s.watch(no_puts).value();
    auto puts = s.watch(no_deletes).value();
    REQUIRE(store::put(s, "a", "1"));
    REQUIRE(store::erase(s, "a"));
    CHECK(keys(deletions) == names{"a"});
    CHECK(keys(puts) == names{"a"});
}

TEST_CASE("history that was compacted away is an error, for those who still needed it", "[store][memory]") {
    auto s = texts();
    auto behind = s.watch(everything()).value();
    auto ahead = s.watch(everything()).value();
    for (auto i = 0; i < 3; ++i) REQUIRE(store::put(s, "a", std::to_string(i)));
    CHECK(keys(ahead).size() == 3);
    REQUIRE(s.compact(ahead.progress()));
    auto const lost = behind.next();
    REQUIRE_FALSE(lost);
    CHECK(lost.error().code == error_code::expired);
    REQUIRE(store::put(s, "b", "1"));
    CHECK(keys(ahead) == names{"b"});
}

TEST_CASE("a cursor may outlive its store", "[store][memory]") {
    auto s = std::optional<texts>(std::in_place);
    auto c = s->watch(everything()).value();
    REQUIRE(store::put(*s, "a", "1"));
    s.reset();
    CHECK(keys(c) == names{"a"});
    CHECK(keys(c).empty());
}
