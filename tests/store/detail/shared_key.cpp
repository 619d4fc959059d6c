/// \file
/// The text of a key lives as long as anybody speaks of it, and the keys of a lease need no copies.

#include <berth/store/detail/lease_book.hpp>
#include <berth/store/detail/record.hpp>
#include <berth/store/detail/shared_key.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>
#include <string_view>
#include <utility>

using namespace berth;
using store::detail::held_key;
using store::detail::key_text;

TEST_CASE("a key's text lives as long as anybody holds it", "[store]") {
    auto* const made = key_text<std::string>::make("/pods/a");
    CHECK(made->view() == "/pods/a");
    CHECK(made->newest == nullptr);
    auto held = held_key(*made);
    CHECK(made->references == 2);
    auto moved = std::move(held);
    CHECK(made->references == 2);
    made->release();
    CHECK(moved.view() == "/pods/a");

    auto* const other = key_text<std::string>::make("");
    moved = held_key(*other); // the first one ends
    other->release();
    CHECK(moved.view().empty());
}

TEST_CASE("held keys are ordered by their bytes and found by a text", "[store]") {
    auto keys = std::set<held_key, held_key::by_text>{};
    for (auto const* const text : {"b", "a", "b", "\xff", ""}) {
        auto* const made = key_text<int>::make(text);
        keys.emplace(*made);
        made->release();
    }
    auto texts = std::string{};
    for (auto const& key : keys) texts.append(key.view()).append("|");
    CHECK(texts == "|a|b|\xff|");
    CHECK(keys.contains(std::string_view("a")));
    CHECK_FALSE(keys.contains(std::string_view("c")));
}

TEST_CASE("a lease holds a key's text once, and lets it go", "[store]") {
    auto book = store::detail::lease_book{};
    book.add(7, 60, {});
    auto* const first = key_text<int>::make("/events/a");
    auto* const again = key_text<int>::make("/events/a"); // the key was deleted and written anew
    book.attach(7, *first);
    book.attach(7, *first);
    book.attach(7, *again);
    book.attach(8, *first); // there is no such lease
    CHECK(book.find(7)->keys.size() == 1);
    CHECK(first->references == 2);
    CHECK(again->references == 1);
    book.detach(7, "/events/b");
    CHECK(first->references == 2);
    book.detach(7, "/events/a");
    CHECK(first->references == 1);
    book.attach(7, *again);
    {
        auto const removed = book.remove(7);
        CHECK(again->references == 2);
    }
    CHECK(again->references == 1);
    first->release();
    again->release();
}
