/// \file
/// The memory store obeys the laws, and keeps some promises of its own.

#include "judge.hpp"

#include <berth/store/laws.hpp>
#include <berth/store/memory.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

using namespace berth;
namespace laws = berth::store::laws;
using harbour::judge;

namespace {

/// A value of which only so many copies can be made.
struct fragile {
    int number = 0;
    int copies_left = 1'000;

    fragile() = default;
    explicit fragile(int n, int copies = 1'000) : number(n), copies_left(copies) {}
    fragile(fragile const& other) : number(other.number), copies_left(other.copies_left - 1) {
        if (copies_left < 0) throw std::runtime_error("no more copies");
    }
    auto operator=(fragile const& other) -> fragile& = default;
    friend auto operator==(fragile const& a, fragile const& b) -> bool { return a.number == b.number; }
};

using fragile_store = store::memory<fragile>;

} // namespace

TEST_CASE("a memory store of strings is a versioned store", "[store][laws]") {
    laws::sequential(laws::fresh<store::memory<std::string>>{}, judge, {.histories = 100, .steps = 150});
}

TEST_CASE("a memory store of strings is one for many threads", "[store][laws][threads]") {
    laws::concurrency(laws::fresh<store::memory<std::string>>{}, judge);
}

TEST_CASE("a write that throws half-way leaves nothing behind", "[store]") {
    auto s = fragile_store{};
    REQUIRE(store::put(s, "old", fragile{1}));
    auto c = s.watch({.range_end = std::string{store::unbounded}}).value();

    auto t = store::txn<fragile>{};
    t.then.emplace_back(store::erase_request{.key = "old"});
    t.then.emplace_back(store::put_request<fragile>{.key = "new", .value = fragile{2}});
    t.then.emplace_back(store::put_request<fragile>{.key = "worse", .value = fragile{3}});
    std::get<store::put_request<fragile>>(t.then[2].request).value.copies_left = 0;
    CHECK_THROWS_AS(s.commit(std::span{&t, 1}), std::runtime_error);

    CHECK(s.revision() == 2);
    CHECK(s.range({.key = "a", .range_end = "z"})->count == 1);
    CHECK(s.range({.key = "a", .range_end = "z", .limit = 5})->kvs.size() == 1);
    CHECK(store::get(s, "old")->version() == 1);
    CHECK(c.next()->empty());
    REQUIRE(store::put(s, "new", fragile{2}));
    CHECK(store::get(s, "new")->mod_revision() == 3);
    CHECK(c.next()->size() == 1);
}

TEST_CASE("the transaction limit is an option", "[store]") {
    auto s = store::memory<int>{{.max_txn_operations = 2}};
    auto t = store::txn<int>{};
    for (auto const* key : {"a", "b"}) t.then.emplace_back(store::put_request<int>{.key = key, .value = 1});
    CHECK(store::commit_one(s, t));
    t.then.emplace_back(store::put_request<int>{.key = "c", .value = 1});
    CHECK(store::commit_one(s, t).error().code == error_code::request_too_large);

    auto outer = store::txn<int>{};
    auto inner = store::txn<int>{};
    inner.then.emplace_back(store::put_request<int>{.key = "a", .value = 1});
    inner.then.emplace_back(store::put_request<int>{.key = "b", .value = 1});
    outer.then.emplace_back(inner);
    CHECK(store::commit_one(s, outer).error().code == error_code::request_too_large);
}

TEST_CASE("a long range is of one revision, whatever happens between its stretches", "[store][threads]") {
    auto s = store::memory<int>{};
    auto const key = [](int i) { return "k" + std::to_string(10'000 + i); };
    for (auto i = 0; i < 6'000; ++i) REQUIRE(store::put(s, key(i), 0));
    auto const writer = std::jthread([&](std::stop_token const& stop) {
        for (auto round = 1; !stop.stop_requested(); ++round) {
            auto both = store::txn<int>{}; // the first and the last key always change together
            for (auto const i : {0, 5'999}) both.then.emplace_back(store::put_request<int>{key(i), round});
            static_cast<void>(store::commit_one(s, both));
            static_cast<void>(store::erase(s, key(3'000 + round % 100)));
            static_cast<void>(store::put(s, key(3'000 + round % 100), round));
            if (round % 8 == 0) static_cast<void>(s.compact(s.revision()));
        }
    });
    for (auto i = 0; i < 50; ++i) {
        auto const all = s.range({.key = "k", .range_end = "l"}).value();
        REQUIRE(all.kvs.size() >= 5'999);
        CHECK(all.kvs.front().value() == all.kvs.back().value());
        CHECK(all.count == static_cast<std::int64_t>(all.kvs.size()));
        auto const again = s.range({.key = "k", .range_end = "l", .revision = all.revision});
        if (again) CHECK(again->kvs == all.kvs);
        else CHECK(again.error().code == error_code::expired);
    }
}

TEST_CASE("cursors and pairs outlive their store", "[store]") {
    auto c = std::optional<store::memory<std::string>::cursor>{};
    auto kept = store::key_value<std::string>{};
    {
        auto s = store::memory<std::string>{};
        c = s.watch({.key = "a", .want_previous = true}).value();
        REQUIRE(store::put(s, "a", "1"));
        REQUIRE(store::put(s, "a", "2"));
        kept = store::get(s, "a").value();
    }
    CHECK(c->next()->at(1).previous.value() == "1");
    CHECK(kept.value() == "2");
    c.reset();
    CHECK(kept.key() == "a");
}

TEST_CASE("who is awake already is not woken again", "[store]") {
    auto s = store::memory<int>{};
    auto calls = 0;
    auto const subscription = s.changed().subscribe({[](void* p) { ++*static_cast<int*>(p); }, &calls});
    auto c = s.watch({.key = "a"}).value();
    CHECK(c.next()->empty());
    for (auto i = 0; i < 100; ++i) REQUIRE(store::put(s, "a", i));
    CHECK(calls == 1);
    CHECK(c.next()->size() == 100);
    CHECK(c.next()->empty());
    REQUIRE(store::put(s, "a", 1));
    CHECK(calls == 2);
}

TEST_CASE("many keys in any order are kept in order, and counted, through deletion and compaction",
          "[store]") {
    auto s = store::memory<int>{};
    auto draw = berth::random_engine{7};
    auto keys = std::vector<std::string>{};
    for (auto i = 0; i < 4'000; ++i) keys.push_back("key-" + std::to_string(draw.below(1'000'000)));
    for (auto const& key : keys) REQUIRE(store::put(s, key, 1));
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());

    auto const listed = [&] {
        auto out = std::vector<std::string>{};
        auto q = store::range_request{.key = "key-", .range_end = store::prefix_end("key-"), .limit = 150};
        for (auto more = true; more;) {
            auto const page = s.range(q).value();
            CHECK(page.count == static_cast<std::int64_t>(keys.size() - out.size()));
            for (auto const& kv : page.kvs) out.emplace_back(kv.key());
            more = page.more;
            if (more) q.key = out.back() + '\0';
        }
        return out;
    };
    CHECK(listed() == keys);

    auto const full = s.revision();
    auto const all = keys;
    for (auto i = std::size_t{0}; i < 3'000 && !keys.empty(); ++i) {
        auto const victim = keys.begin() + static_cast<std::ptrdiff_t>(draw.below(keys.size()));
        REQUIRE(store::erase(s, *victim)->deleted == 1);
        keys.erase(victim);
        if (i % 600 == 0) CHECK(listed() == keys);
        if (i % 800 == 10) REQUIRE(s.compact(s.revision() - 5));
    }
    CHECK(listed() == keys);
    CHECK(s.range({.key = "key-", .range_end = "l", .revision = full}).error().code == error_code::expired);
    REQUIRE(s.compact(s.revision()));
    CHECK(listed() == keys);
    for (auto const& key : all) REQUIRE(store::put(s, key, 2));
    keys = all;
    CHECK(listed() == keys);
    REQUIRE(store::erase(s, {.key = "k", .range_end = "l"})->deleted ==
            static_cast<std::int64_t>(all.size()));
    CHECK(s.range({.key = "k", .range_end = "l"})->count == 0);
    REQUIRE(s.compact(s.revision()));
    REQUIRE(store::put(s, "z", 1));
    REQUIRE(s.compact(s.revision()));
    CHECK(s.range({.key = "a", .range_end = std::string{store::unbounded}})->count == 1);
}
