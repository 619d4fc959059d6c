/// \file
/// Shared immutable objects and their drafts.

#include "things.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
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

TEST_CASE("a text is made once per object and revision") {
    auto const a = any_object(named("a"));
    auto made = 0;
    auto const encode = [&] { return "text " + std::to_string(++made); };
    auto const& first = a.text(3, encode);
    auto const copy = a;
    CHECK(&copy.text(3, encode) == &first);
    CHECK(made == 1);
    auto const& at_its_end = copy.text(4, encode);
    CHECK(at_its_end == "text 2");
    CHECK(&a.text(4, encode) == &at_its_end);
    CHECK(first == "text 1");
    CHECK(&a.text(3, encode) == &first);
    CHECK(made == 2);
    CHECK(a.text(5, encode) == "text 3");
    CHECK(a.text(5, encode) == "text 4");
}

TEST_CASE("readers of several threads get one text") {
    auto const a = any_object(named("a"));
    auto seen = std::vector<std::string const*>(4);
    auto ready = std::atomic<int>(0);
    auto threads = std::vector<std::thread>();
    for (auto& place : seen)
        threads.emplace_back([&a, &place, &ready] {
            for (++ready; ready < 4;) std::this_thread::yield();
            place = &a.text(1, [] { return std::string("text"); });
            static_cast<void>(a.text(2, [] { return std::string("another"); }));
        });
    for (auto& t : threads) t.join();
    for (auto const* text : seen) CHECK(text == seen.front());
    CHECK(*seen.front() == "text");
}

TEST_CASE("a stored object gives its value and its revision") {
    auto const s = object::stored<thing>({any_object(named("a")), 9});
    CHECK(s);
    CHECK(s->metadata.name == "a");
    CHECK((*s).metadata.name == "a");
    CHECK(s.revision_of() == 9);
    CHECK(s.ref()->metadata().name == "a");
}
