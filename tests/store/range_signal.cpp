/// \file
/// Wakers of ranges: each is called once until it is armed again, and for its own keys only.

#include <berth/store/range_signal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string_view>
#include <utility>

using namespace berth;
using store::range_signal;

namespace {

struct sleeper {
    int calls = 0;
    auto waker_of() -> waker {
        return {[](void* p) { ++static_cast<sleeper*>(p)->calls; }, this};
    }
};

auto write(range_signal& s, std::string_view key, store::revision_number at) -> void {
    s.find([&](auto visit) { visit(key, at); }).notify();
}

} // namespace

TEST_CASE("a waker of a range is called once, until it is armed again", "[store]") {
    auto s = range_signal();
    auto who = sleeper();
    auto const subscribed = s.subscribe({"b", "d"}, who.waker_of());
    write(s, "a", 2);
    CHECK(who.calls == 0);
    CHECK(subscribed.concerned_since() == 0);
    write(s, "c", 3);
    write(s, "c", 4);
    CHECK(who.calls == 1);
    CHECK(subscribed.concerned_since() == 3);
    subscribed.arm();
    CHECK(subscribed.concerned_since() == 0);
    write(s, "b", 5);
    CHECK(who.calls == 2);
}

TEST_CASE("a batch calls a waker once, for its first revision", "[store]") {
    auto s = range_signal();
    auto who = sleeper();
    auto const subscribed = s.subscribe({"a", {}}, who.waker_of());
    s.find([](auto visit) {
         visit("b", 7);
         visit("a", 8);
         visit("a", 9);
     }).notify();
    CHECK(who.calls == 1);
    CHECK(subscribed.concerned_since() == 8);
}

TEST_CASE("who tells of a write late does not hide that it came first", "[store]") {
    auto s = range_signal();
    auto who = sleeper();
    auto const subscribed = s.subscribe({"a", {}}, who.waker_of());
    write(s, "a", 9);
    write(s, "a", 6);
    write(s, "a", 7);
    CHECK(who.calls == 1);
    CHECK(subscribed.concerned_since() == 6);
}

TEST_CASE("a subscription that ends between the finding and the calling is not called", "[store]") {
    auto s = range_signal();
    auto who = sleeper();
    auto subscribed = std::optional(s.subscribe({"a", {}}, who.waker_of()));
    auto const found = s.find_in({"a", "b"}, 2);
    subscribed.reset();
    found.notify();
    CHECK(who.calls == 0);
}

TEST_CASE("a subscription may outlive its signal, and be assigned", "[store]") {
    auto who = sleeper();
    auto s = std::optional<range_signal>(std::in_place);
    auto kept = s->subscribe({"a", {}}, who.waker_of());
    s.emplace();
    kept = s->subscribe({"b", {}}, who.waker_of());
    write(*s, "b", 2);
    CHECK(who.calls == 1);
    s.reset();
    kept.arm();
}
