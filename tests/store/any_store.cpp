/// \file
/// Stores that are chosen at run time.

#include <berth/store/any_store.hpp>
#include <berth/store/by_reference.hpp>
#include <berth/store/laws.hpp>
#include <berth/store/memory.hpp>

#include <catch2/catch_test_macros.hpp>
#include <store/judge.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace berth;
namespace laws = berth::store::laws;
using text_store = store::memory<std::string>;
using any_text = store::any_store<std::string>;

static_assert(store::versioned_store<any_text>);
static_assert(store::watch_cursor<any_text::cursor, std::string>);
static_assert(std::is_nothrow_move_constructible_v<any_text> && !std::is_copy_constructible_v<any_text>);

namespace {

/// A store that counts its puts and transactions.
struct counting : text_store {
    int* puts;
    int* commits;
    counting(int& p, int& c) : puts(&p), commits(&c) {}
    auto put(store::put_request<std::string> r) {
        ++*puts;
        return text_store::put(std::move(r));
    }
    auto commit(std::span<store::txn<std::string> const> batch) {
        ++*commits;
        return text_store::commit(batch);
    }
};

/// The same without a short way for puts and deletions, and with a cursor that gives what it gives.
struct plain : counting {
    using counting::counting;
    auto put() -> void = delete;
    auto erase() -> void = delete;
    struct cursor : text_store::cursor {
        auto next() -> store::batch<std::string> { return text_store::cursor::next(); }
    };
    auto watch(store::watch_request const& w) -> result<cursor> {
        auto made = counting::watch(w);
        if (!made) return std::unexpected(made.error());
        return cursor{std::move(*made)};
    }
};

} // namespace

TEST_CASE("an erased store obeys the laws", "[store][laws]") {
    laws::all(harbour::made_by{[] { return any_text{text_store{}}; }}, harbour::judge);
}

TEST_CASE("an erased store takes the short way where the store has one", "[store]") {
    auto puts = 0;
    auto commits = 0;
    auto quick = any_text{counting{puts, commits}};
    REQUIRE(store::put(quick, "a", "1"));
    CHECK(puts == 1);
    CHECK(commits == 0);

    auto slow = any_text{plain{puts, commits}};
    REQUIRE(store::put(slow, "a", "1"));
    CHECK(store::erase(slow, "a")->deleted == 1);
    CHECK(puts == 1);
    CHECK(commits == 2);
}

TEST_CASE("an erased cursor stops where it is told to, if what it holds can", "[store]") {
    auto puts = 0;
    auto commits = 0;
    auto const seen_at_once = [](any_text s) {
        auto c = s.watch({.key = "a"}).value();
        for (auto i = 0; i < 5; ++i) REQUIRE(store::put(s, "a", std::to_string(i)));
        return c.next(2)->size();
    };
    CHECK(seen_at_once(any_text{counting{puts, commits}}) == 2);
    CHECK(seen_at_once(any_text{plain{puts, commits}}) == 5);
}

TEST_CASE("an erased store goes where it is moved, and can be exchanged", "[store]") {
    auto shared = text_store{};
    auto a = any_text{store::by_reference(shared)};
    auto b = any_text{text_store{}};
    REQUIRE(store::put(a, "a", "1"));
    std::swap(a, b);
    CHECK(!store::get(a, "a").value());
    CHECK(store::get(b, "a")->value() == "1");
    CHECK(store::get(shared, "a")->value() == "1");
    a = std::move(b);
    CHECK(a.revision() == 2);
    auto stores = std::vector<any_text>{};
    stores.push_back(std::move(a));
    stores.emplace_back(text_store{});
    CHECK(stores[0].revision() == 2);
    CHECK(stores[1].revision() == 1);
}
