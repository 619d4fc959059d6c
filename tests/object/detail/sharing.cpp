/// \file
/// What objects share, and that nobody notices.

#include "../things.hpp"

#include <berth/object/arbitrary.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/quantity.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace things;
using object::any_object;
using object::draft;

namespace {

struct hold {
    static constexpr object::resource_name resource{"test", "v1", "Hold", "holds", "hold", true};
    object::meta metadata;
    object::list<part> parts;
    object::list<hold> inner;
    object::dictionary<object::quantity> load;
    object::boxed<part> rare;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(hold, "test.v1.Hold", (metadata), (parts), (inner), (load), (rare))
};

auto part_called(std::string name) -> part {
    auto p = part();
    p.name = std::move(name);
    return p;
}
auto parts(std::string_view letters) -> object::list<part> {
    auto out = object::list<part>();
    for (auto const c : letters) out.push_back(part_called(std::string(1, c)));
    return out;
}
auto letters(object::list<part> const& all) -> std::string {
    auto out = std::string();
    for (auto const& p : all) out += p.name;
    return out;
}
auto hold_of(std::string_view names) -> hold {
    auto h = hold();
    h.parts = parts(names);
    h.metadata.labels = {{"app", "web"}, {"tier", "front"}};
    return h;
}
auto const& read(any_object const& o) { return o.as<hold>(); }
auto text(any_object const& o) -> std::string { return object::to_json_text(o.as<hold>()); }

} // namespace

TEST_CASE("a copy of an object has its lists, until it wants to write to one") {
    auto const a = any_object(hold_of("abc"));
    auto copy = read(a);
    CHECK(std::as_const(copy).parts.data() == read(a).parts.data());
    CHECK(std::as_const(copy).metadata.labels.begin() == read(a).metadata.labels.begin());
    copy.parts[1].name = "x";
    CHECK(letters(copy.parts) == "axc");
    CHECK(letters(read(a).parts) == "abc");
    CHECK(std::as_const(copy).parts.data() != read(a).parts.data());
    CHECK(std::as_const(copy).metadata.labels.begin() == read(a).metadata.labels.begin());
    copy.metadata.labels["app"] = "db";
    CHECK(read(a).metadata.labels.get("app") == "web");
}

TEST_CASE("lists inside lists are shared too, also by who has changed the outer one") {
    auto h = hold_of("a");
    h.inner.push_back(hold_of("bc"));
    h.inner.push_back(hold_of("de"));
    h.rare.engage().name = "r";
    auto const a = any_object(std::move(h));
    auto copy = read(a);
    copy.inner[0].parts[0].name = "x";
    CHECK(std::as_const(copy).inner[1].parts.data() == read(a).inner[1].parts.data());
    CHECK(letters(copy.inner[0].parts) == "xc");
    CHECK(letters(read(a).inner[0].parts) == "bc");
}

TEST_CASE("who alone has a list changes it in place") {
    auto a = any_object(hold_of("abc"));
    auto copy = read(a);
    auto const* const place = std::as_const(copy).parts.data();
    a = {};
    copy.parts[0].name = "x";
    CHECK(std::as_const(copy).parts.data() == place);
    auto const other = copy; // and copies are other ones again
    CHECK(other.parts.data() != place);
}

TEST_CASE("a place to write to outlives a copy of its list") {
    auto const a = any_object(hold_of("abc"));
    auto mine = read(a);
    auto& first = mine.parts[0];
    auto const copy = mine;
    first.name = "x";
    CHECK(letters(mine.parts) == "xbc");
    CHECK(letters(copy.parts) == "abc");
}

TEST_CASE("a copy of an object has its boxes, until it wants to write to one") {
    auto h = hold_of("a");
    h.rare.engage().name = "r";
    auto const a = any_object(std::move(h));
    auto copy = read(a);
    CHECK(copy.rare.get() == read(a).rare.get());
    CHECK(std::as_const(copy).rare->name == "r");
    CHECK(copy.rare == read(a).rare);
    CHECK(copy.rare.get() == read(a).rare.get());
    copy.rare->name = "x";
    CHECK(copy.rare.get() != read(a).rare.get());
    CHECK(read(a).rare->name == "r");
    CHECK_FALSE(copy.rare == read(a).rare);
}

TEST_CASE("every way to change a box of an object leaves the object as it was") {
    auto h = hold();
    h.rare.engage().name = "r";
    auto const a = any_object(std::move(h));
    auto const change = [&](auto how) {
        auto copy = read(a);
        how(copy.rare);
        CHECK(read(a).rare->name == "r");
        return copy.rare ? std::as_const(copy).rare->name : "none";
    };
    using box = object::boxed<part>;
    CHECK(change([](box& b) { b->name = "x"; }) == "x");
    CHECK(change([](box& b) { (*b).name = "x"; }) == "x");
    CHECK(change([](box& b) { b.engage().name = "x"; }) == "x");
    CHECK(change([](box& b) { b = part_called("x"); }) == "x");
    CHECK(change([](box& b) { b.reset(); }) == "none");
    CHECK(change([](box& b) { auto const taken = std::move(b); }) == "none");
    auto const& type = object::type_of<hold>().field("rare")->type();
    CHECK(change([&](box& b) { static_cast<part*>(type.reach(&b, 0))->name = "x"; }) == "x");
    CHECK(change([&](box& b) { static_cast<part*>(type.add(&b, {}))->name = "x"; }) == "x");
    CHECK(change([&](box& b) { type.reset(&b); }) == "none");
}

TEST_CASE("who alone has the value of a box changes it in place, which outlives a copy") {
    auto a = any_object([] {
        auto h = hold();
        h.rare.engage().name = "r";
        return h;
    }());
    auto mine = read(a);
    auto const* const place = mine.rare.get();
    a = {};
    auto& value = *mine.rare;
    CHECK(&value == place);
    auto const copy = mine; // and copies are other ones again
    CHECK(copy.rare.get() != place);
    value.name = "x";
    CHECK(mine.rare.get()->name == "x");
    CHECK(copy.rare->name == "r");
}

TEST_CASE("the same box is there once") {
    auto one = hold();
    one.rare.engage().name = "r";
    auto const a = any_object(one);
    auto same = draft(object::type_of<hold>());
    same.as<hold>() = one;
    same.share_with(a);
    CHECK(same.as<hold>().rare.get() == read(a).rare.get());
    auto other = draft(object::type_of<hold>());
    one.rare->name = "another";
    other.as<hold>() = one;
    other.share_with(a);
    CHECK(other.as<hold>().rare.get()->name == "another");
    CHECK(read(a).rare->name == "r");
}

TEST_CASE("of boxes that differ, the same lists are there once") {
    auto one = object::boxed<hold>(hold_of("abc"));
    auto other = object::boxed<hold>(hold_of("abc"));
    other->metadata.name = "another";
    auto const& type = object::detail::info_of<object::boxed<hold>>();
    object::detail::share_lists(type, &one);
    object::detail::share_same(type, &other, &one);
    CHECK(other.get()->parts.data() == one.get()->parts.data());
    CHECK(other.get()->metadata.name == "another");
    CHECK(one.get()->metadata.name.empty());
}

TEST_CASE("every way to change a list of an object leaves the object as it was") {
    auto const a = any_object(hold_of("abcd"));
    auto const change = [&](auto how) {
        auto copy = read(a);
        how(copy.parts);
        CHECK(letters(read(a).parts) == "abcd");
        return letters(copy.parts);
    };
    using all = object::list<part>;
    CHECK(change([](all& l) { l.push_back(part_called("x")); }) == "abcdx");
    CHECK(change([](all& l) { l.emplace_back().name = "x"; }) == "abcdx");
    CHECK(change([](all& l) { l.pop_back(); }) == "abc");
    CHECK(change([](all& l) { l.clear(); }).empty());
    CHECK(change([](all& l) { l.resize(2); }) == "ab");
    CHECK(change([](all& l) { l.reserve(9), l[3].name = "x"; }) == "abcx");
    CHECK(change([](all& l) { l.erase(l.cbegin() + 1); }) == "acd");
    CHECK(change([](all& l) { l.erase(l.cbegin() + 1, l.cend()); }) == "a");
    CHECK(change([](all& l) { l.insert(l.cbegin() + 1, part_called("x")); }) == "axbcd");
    CHECK(change([](all& l) {
              auto const more = parts("xy");
              l.insert(l.cend(), more.begin(), more.end());
          }) == "abcdxy");
    CHECK(change([](all& l) { std::ranges::reverse(l); }) == "dcba");
    CHECK(change([](all& l) { l.front().name = "x", l.back().name = "y", l.at(1).name = "z"; }) == "xzcy");
    CHECK(change([](all& l) { erase_if(l, [](part const& p) { return p.name < "c"; }); }) == "cd");
    CHECK(change([](all& l) { l = parts("x"); }) == "x");
    CHECK(change([](all& l) { l.rbegin()->name = "x"; }) == "abcx");
    CHECK(change([](all& l) { l.push_back(std::as_const(l)[0]); }) == "abcda");
}

TEST_CASE("every way to change a dictionary of an object leaves the object as it was") {
    auto const a = any_object(hold_of(""));
    auto const change = [&](auto how) {
        auto labels = read(a).metadata.labels;
        how(labels);
        CHECK(read(a).metadata.labels == object::string_map{{"app", "web"}, {"tier", "front"}});
        auto out = std::string();
        for (auto const& [key, value] : labels) out += key + '=' + value + ' ';
        return out;
    };
    using map = object::string_map;
    CHECK(change([](map& m) { m["new"] = "x"; }) == "app=web new=x tier=front ");
    CHECK(change([](map& m) { m["app"] = "x"; }) == "app=x tier=front ");
    CHECK(change([](map& m) { *m.find("app") = "x"; }) == "app=x tier=front ");
    CHECK(change([](map& m) { m.erase("app"); }) == "tier=front ");
    CHECK(change([](map& m) { m.erase(std::as_const(m).begin()); }) == "tier=front ");
    CHECK(change([](map& m) { m.begin()->second = "x"; }) == "app=x tier=front ");
    CHECK(change([](map& m) { m.clear(); }).empty());
}

TEST_CASE("what is the same in two objects is there once, and the rest stays apart") {
    auto const a = any_object(hold_of("abc"));
    auto b = hold_of("abc");
    b.metadata.labels["tier"] = "back";
    auto d = draft(any_object(std::move(b)));
    d.as<hold>().inner.push_back(hold_of("x")); // of which the other has none
    auto const whole = object::to_json_text(d.as<hold>());
    d.share_with(a);
    CHECK(object::to_json_text(d.as<hold>()) == whole);
    auto const o = std::move(d).finish();
    CHECK(read(o).parts.data() == read(a).parts.data());
    CHECK(read(o).metadata.labels.begin() != read(a).metadata.labels.begin());
}

TEST_CASE("of lists that differ, the same elements share what is in them") {
    auto one = hold();
    one.inner.push_back(hold_of("abc"));
    auto const a = any_object(one);
    one.inner[0].metadata.name = "another";
    auto d = draft(object::type_of<hold>());
    d.as<hold>() = one;
    d.share_with(a);
    auto const& inner = std::as_const(d.as<hold>()).inner;
    CHECK(inner.data() != read(a).inner.data());
    CHECK(inner[0].parts.data() == read(a).inner[0].parts.data());
    CHECK(inner[0].metadata.name == "another");
}

TEST_CASE("amounts that are equal and written otherwise are not the same") {
    auto const loaded = [](char const* amount) {
        auto h = hold();
        h.load["memory"] = object::quantity::parse(amount).value();
        return h;
    };
    auto const a = any_object(loaded("1024"));
    auto d = draft(object::type_of<hold>());
    d.as<hold>() = loaded("1Ki");
    REQUIRE(d.as<hold>() == read(a));
    d.share_with(a);
    CHECK(std::as_const(d.as<hold>()).load.begin() != read(a).load.begin());
    CHECK(text(std::move(d).finish()).find("1Ki") != std::string::npos);
    auto same = draft(object::type_of<hold>());
    same.as<hold>() = loaded("1024");
    same.share_with(a);
    CHECK(std::as_const(same.as<hold>()).load.begin() == read(a).load.begin());
}

TEST_CASE("random objects read as before when they share, and change alone") {
    auto draw = random_engine(7);
    auto before = any_object(object::arbitrary<hold>(draw));
    for (auto n = 0; n < 300; ++n) {
        auto value = n % 3 == 0 ? read(before) : object::arbitrary<hold>(draw, {.rarity = 2, .depth = 4});
        if (draw.below(2) == 0) value.metadata = read(before).metadata;
        if (draw.below(2) == 0) value.parts = read(before).parts;
        auto d = draft(object::type_of<hold>());
        d.as<hold>() = std::move(value);
        auto const as_it_was = object::to_json_text(d.as<hold>());
        d.share_with(before);
        REQUIRE(object::to_json_text(d.as<hold>()) == as_it_was);
        auto const o = std::move(d).finish();
        auto const text_before = text(before);
        auto changed = draft(o);
        auto& c = changed.as<hold>();
        for (auto& p : c.parts) p.weight = n;
        for (auto& [key, amount] : c.load) amount = object::quantity::of(n);
        for (auto& h : c.inner) h.parts.clear(), h.metadata.labels["x"] = "y";
        if (!c.metadata.managed_fields.empty()) c.metadata.managed_fields.back().manager = "me";
        REQUIRE(text(o) == as_it_was);
        REQUIRE(text(before) == text_before);
        before = o;
    }
}

TEST_CASE("objects of other types share nothing, nor does an empty draft") {
    auto d = draft(any_object(thing()));
    d.share_with(any_object(hold_of("a")));
    auto const done = std::move(d).finish();
    CHECK(done == any_object(thing()));
    auto emptied = draft(done);
    auto const moved = std::move(emptied);
    emptied.share_with(done);
    CHECK(moved.type().name == "test.v1.Thing");
}

TEST_CASE("copies are made, changed and ended on several threads") {
    auto whole = hold_of("abcdefgh");
    whole.rare.engage().name = "r";
    auto const a = any_object(whole);
    auto const work = [&](int weight) {
        for (auto n = 0; n < 2'000; ++n) {
            auto copy = read(a);
            auto const another = copy;
            copy.parts[static_cast<std::size_t>(n % 8)].weight = weight;
            copy.metadata.labels["app"] = "x";
            copy.rare->weight = weight;
        }
    };
    auto threads = std::vector<std::thread>();
    for (auto n = 1; n <= 4; ++n) threads.emplace_back(work, n);
    for (auto& t : threads) t.join();
    CHECK(read(a) == whole);
}
