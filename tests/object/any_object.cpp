/// \file
/// Shared immutable objects and their drafts.

#include "things.hpp"

#include <berth/object/arbitrary.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <cstddef>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace things;
using object::any_object;

namespace {

auto named(std::string name) -> thing {
    auto t = thing();
    t.metadata.name = std::move(name);
    return t;
}

} // namespace

TEST_CASE("an object is shared, known by its type, and compared by value") {
    auto const a = any_object(named("a"));
    auto const copy = a;
    CHECK(a.same(copy));
    CHECK(a == copy);
    CHECK(a == any_object(named("a")));
    CHECK_FALSE(a.same(any_object(named("a"))));
    CHECK_FALSE(a == any_object(named("b")));
    CHECK_FALSE(any_object(thing()) == any_object(other()));
    CHECK(&a.resource() == &thing::resource);
    CHECK(a.metadata().name == "a");
    CHECK(a.get_if<thing>() == &a.as<thing>());
    CHECK(a.get_if<other>() == nullptr);
}

TEST_CASE("an empty handle is empty and equal to others like it") {
    auto const none = any_object();
    CHECK_FALSE(none);
    CHECK(none == any_object());
    CHECK_FALSE(none == any_object(thing()));
    CHECK_FALSE(any_object(thing()) == none);
    CHECK(none.get_if<thing>() == nullptr);
    CHECK_FALSE(object::object_ref());
    CHECK_FALSE(object::stored<thing>());
}

TEST_CASE("a draft is a copy, and becomes an object") {
    auto const a = any_object(named("a"));
    auto d = object::draft(a);
    d.metadata().name = "b";
    d.as<thing>().spec.text = "x";
    CHECK(a.metadata().name == "a");
    auto moved = std::move(d);
    auto const b = std::move(moved).finish();
    CHECK(b.metadata().name == "b");
    CHECK(b.as<thing>().spec.text == "x");
    CHECK(object::draft(object::type_of<thing>()).metadata().name.empty());
    auto assigned = object::draft(a);
    assigned = object::draft(b);
    CHECK(assigned.metadata().name == "b");
}

TEST_CASE("a stored object gives its value and its revision") {
    auto const s = object::stored<thing>({any_object(named("a")), 9});
    CHECK(s);
    CHECK(s->metadata.name == "a");
    CHECK((*s).metadata.name == "a");
    CHECK(s.revision_of() == 9);
    CHECK(s.ref()->metadata().name == "a");
}

TEST_CASE("of a chain of objects each is made again of the newest and the differences") {
    auto all = std::vector<any_object>();
    for (auto n = 0; n < 5; ++n) {
        auto d = all.empty() ? object::draft(object::type_of<thing>()) : object::draft(all.back());
        d.metadata().generation = n;
        if (n % 2 == 1) d.as<thing>().spec.text = "text " + std::to_string(n);
        if (n == 3) d.as<thing>().spec.parts = {part(), part()};
        all.push_back(std::move(d).finish());
    }
    auto kept = std::vector<any_object::difference>();
    auto older = std::vector<any_object::difference const*>();
    for (auto n = std::size_t{4}; n-- > 0;) {
        kept.push_back(all[n].difference_to(all[n + 1]));
        REQUIRE(kept.back());
    }
    for (auto const& d : kept) older.push_back(&d);
    for (auto n = std::size_t{0}; n < all.size(); ++n) {
        auto const again = any_object::restored(all.back(), std::span(older).first(4 - n));
        CHECK(again == all[n]);
        CHECK_FALSE(again.same(all[n]));
    }
}

TEST_CASE("no difference is made where it would save nothing") {
    auto const a = any_object(named("a"));
    CHECK(a.difference_to(any_object(named("b"))));
    CHECK_FALSE(a.difference_to(any_object()));
    CHECK_FALSE(any_object().difference_to(a));
    CHECK_FALSE(a.difference_to(any_object(other())));
    auto draw = random_engine(1);
    CHECK_FALSE(any_object(object::arbitrary<thing>(draw, {.rarity = 1})).difference_to(a));
}
