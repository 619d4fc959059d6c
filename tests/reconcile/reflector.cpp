/// \file
/// Reflectors alone: what they ask of an API, what they tell and in which order, and how long they wait.

#include "things.hpp"
#include "toy_api.hpp"

#include <berth/reconcile/reflector.hpp>

#include <catch2/catch_test_macros.hpp>

#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

using namespace things;
using reconcile::change;
using reconcile::reflector;
using reconcile::reflector_options;

namespace {

constexpr auto start = time_point::from_unix_seconds(1'000'000);

/// A reflector of items with its table, and what it has told: `+name`, `~name`, `-name`, and `=name` for what
/// it told again.
struct follower {
    explicit follower(toy_api& api, reflector_options options = {})
        : news(api::any_client(api), table, std::move(options)) {}

    auto step(time_point now = start) -> wake {
        return news.step(now, mutex, [this](change const& c) {
            using enum change::kind;
            told += c.resync ? '=' : c.type == added ? '+' : c.type == updated ? '~' : '-';
            told += c.latest()->metadata().name + ' ';
        });
    }
    /// Steps it until it has nothing to do.
    auto settle(time_point now = start) -> wake {
        auto wish = wake::again();
        while (wish == wake::again()) wish = step(now);
        return wish;
    }
    auto heard() -> std::string { return std::exchange(told, {}); }

    reconcile::table table{object::type_of<item>()};
    std::shared_mutex mutex;
    reflector news;
    std::string told;
};

/// The waits of a reflector whose API answers nothing but errors, one after the other.
auto waits_of(reflector_options options, int count) -> std::vector<duration> {
    auto api = toy_api();
    api.fail_next(error_code::unavailable, count);
    auto there = follower(api, std::move(options));
    auto out = std::vector<duration>();
    auto now = start;
    for (auto i = 0; i < count; ++i) {
        auto const wish = there.settle(now);
        REQUIRE(wish.kind == wake::when::at);
        out.push_back(wish.time - now);
        now = wish.time;
    }
    return out;
}

} // namespace

TEST_CASE("a reflector tells a list as a whole, then each change, and counts what it asked for") {
    auto api = toy_api();
    api.put(make_item("a"));
    api.put(make_group("of another kind", 1));
    api.put(make_item("b"));
    auto there = follower(api);
    CHECK_FALSE(there.news.synced());
    CHECK(there.settle() == wake::signalled());
    CHECK(there.news.synced());
    CHECK(there.heard() == "+a +b ");
    CHECK(there.news.revision() == api.revision());
    CHECK(there.news.counters() == reconcile::reflector_counters{1, 1, 0, 0});
    api.put(make_item("c"));
    api.put(make_item("a", nullptr, "blue"));
    api.erase(item::resource, {"default", "b"});
    CHECK(there.settle() == wake::signalled());
    CHECK(there.heard() == "+c ~a -b ");
    CHECK(there.news.counters() == reconcile::reflector_counters{1, 1, 3, 0});
    CHECK_FALSE(there.news.last_error());
    CHECK(there.table.size() == 2);
}

TEST_CASE("a step takes no more events than it may, and then asks to go on") {
    auto api = toy_api();
    auto there = follower(api, {.batch = 2});
    there.settle();
    for (auto const* const name : {"a", "b", "c", "d", "e"}) api.put(make_item(name));
    CHECK(there.step() == wake::again());
    CHECK(there.heard() == "+a +b ");
    CHECK(there.step() == wake::again());
    CHECK(there.heard() == "+c +d ");
    CHECK(there.settle() == wake::signalled());
    CHECK(there.heard() == "+e ");
}

TEST_CASE("what a reflector has not seen for too long it lists again, and says what the API said") {
    auto api = toy_api();
    api.put(make_item("stays"));
    api.put(make_item("goes"));
    auto there = follower(api);
    there.settle();
    there.heard();
    api.cut_line();
    api.erase(item::resource, {"default", "goes"});
    api.compact();
    auto wish = there.settle();
    for (auto now = start; wish.kind == wake::when::at; wish = there.settle(now)) now = wish.time;
    CHECK(there.heard() == "-goes ");
    CHECK(there.news.counters().lists == 2);
    CHECK(there.news.counters().errors >= 1);
    REQUIRE(there.news.last_error());
    CHECK(there.news.last_error()->code == error_code::expired);
    CHECK(there.news.revision() == api.revision());
}

TEST_CASE("waits double up to the longest, with a jitter that a seed decides") {
    auto const how = reflector_options{.base = milliseconds(100), .max = seconds(1), .seed = 3};
    auto const waits = waits_of(how, 8);
    for (auto i = std::size_t(0); i < waits.size(); ++i) {
        auto const least = i < 4 ? milliseconds(100) * (std::int64_t(1) << i) : seconds(1);
        CHECK(waits[i] >= least);
        CHECK(waits[i] <= least * 2);
    }
    CHECK(waits_of(how, 8) == waits);
    auto other = how;
    other.seed = 4;
    CHECK(waits_of(other, 8) != waits);
}

TEST_CASE("who got whole objects from the beginning is not told them again when somebody needs them") {
    auto api = toy_api();
    api.put(make_item("a"));
    auto there = follower(api);
    there.settle();
    there.heard();
    CHECK_FALSE(there.news.want_whole());
    there.settle();
    CHECK(there.heard().empty());
    CHECK(there.news.synced());
}

TEST_CASE("a resync tells what there is as told again, and nothing else") {
    auto api = toy_api();
    api.put(make_item("a"));
    api.put(make_item("b"));
    auto there = follower(api, {.resync = seconds(10)});
    there.settle();
    CHECK(there.heard() == "+a +b ");
    there.settle(start + seconds(9));
    CHECK(there.heard().empty());
    there.settle(start + seconds(11));
    CHECK(there.heard() == "=a =b ");
}
