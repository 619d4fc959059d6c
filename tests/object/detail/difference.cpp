/// \file
/// What a value has otherwise than another one, and that the value can be made of it again.

#include "../fragile.hpp"
#include "../things.hpp"

#include <berth/object/arbitrary.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/quantity.hpp>
#include <berth/object/runtime_schema.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace things;
using object::any_object;
using object::detail::difference;
using object::detail::is_same;

namespace {

constexpr auto any_size = std::size_t{1} << 20U;

/// Many members, in records inside records.
struct fleet {
    static constexpr object::resource_name resource{"test", "v1", "Fleet", "fleets", "fleet", true};
    object::meta metadata;
    body first;
    object::quantity load;
    body second;
    std::string name;
    body third;
    object::dictionary<object::quantity> loads;
    object::list<part> crew;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(fleet, "test.v1.Fleet", (metadata), (first), (load), (second), (name), (third), (loads),
                   (crew))
};

template <class T> auto between(T const& value, T const& other, std::size_t most = any_size) -> difference {
    return difference::between(object::type_of<T>(), &value, &other, most);
}
/// What is made of another value and the difference to it.
template <class T> auto restored(difference const& kept, T other) -> T {
    kept.put_into(&other);
    return other;
}
template <class T> auto same(T const& a, T const& b) -> bool { return is_same(object::type_of<T>(), &a, &b); }

/// Changes some members of a value to what they are in another one.
auto mix(random_engine& draw, object::type_info const& type, void* value, void const* other) -> void {
    for (auto const& m : type.members) {
        if (m.of->layout == object::storage::record) mix(draw, *m.of, m.in(value), m.in(other));
        else if (draw.below(6) == 0) m.of->assign(m.in(value), m.in(other));
        else if (m.of->layout == object::storage::list && draw.below(2) == 0)
            for (std::size_t n = 0; n < std::min(m.of->size(m.in(value)), m.of->size(m.in(other))); ++n)
                mix(draw, m.of->element(), m.of->reach(m.in(value), n), m.of->at(m.in(other), n));
    }
    if (draw.below(6) == 0 && type.unknown(value) != nullptr) *type.unknown(value) = *type.unknown(other);
}

} // namespace

TEST_CASE("any value is made again of another one and the difference to it", "[object]") {
    auto draw = random_engine(3);
    auto kept_some = 0;
    for (auto n = 0; n < 400; ++n) {
        auto const a = object::arbitrary<fleet>(draw, {.rarity = 2, .depth = 5});
        auto b = a;
        auto const c = object::arbitrary<fleet>(draw, {.rarity = 2, .depth = 5});
        mix(draw, object::type_of<fleet>(), &b, &c);
        auto const kept = between(a, b);
        if (!kept) continue;
        ++kept_some;
        REQUIRE(same(restored(kept, b), a));
        auto const back = between(b, a);
        REQUIRE(same(restored(back, restored(kept, b)), b));
    }
    CHECK(kept_some > 300);
}

TEST_CASE("between values that are the same nothing differs, which is not no difference", "[object]") {
    auto draw = random_engine(5);
    auto const a = object::arbitrary<fleet>(draw);
    auto const kept = between(a, a, 16);
    REQUIRE(kept);
    CHECK(same(restored(kept, a), a));
    CHECK_FALSE(difference());
}

TEST_CASE("what is equal and written otherwise is kept as it was written", "[object]") {
    auto a = fleet();
    a.load = object::quantity::parse("1Ki").value();
    a.loads["x"] = object::quantity::parse("1024").value();
    auto b = fleet();
    b.load = object::quantity::parse("1024").value();
    b.loads["x"] = object::quantity::parse("1Ki").value();
    REQUIRE(a == b);
    auto const again = restored(between(a, b), b);
    CHECK(object::to_json_text(again) == object::to_json_text(a));
    CHECK(object::to_json_text(again) != object::to_json_text(b));
}

TEST_CASE("a difference takes no more than it may", "[object]") {
    auto a = fleet();
    a.name = "a";
    a.second.large = 7;
    auto const b = fleet();
    auto const least = 12 + 2 * 4 + 4 + 8 + sizeof(std::string); // the head, two offsets, and aligned members
    CHECK_FALSE(between(a, b, least - 1));
    auto const kept = between(a, b, least);
    REQUIRE(kept);
    CHECK(same(restored(kept, b), a));
}

TEST_CASE("where too many members differ nothing is kept", "[object]") {
    auto draw = random_engine(1);
    auto const all = object::arbitrary<fleet>(draw, {.rarity = 1, .depth = 3});
    CHECK_FALSE(between(all, fleet()));
    CHECK(between(all.first, body()));
}

TEST_CASE("a difference has the lists and boxes of its value, and ends its part of them", "[object]") {
    auto whole = fleet();
    whole.second.named_parts["p"].name = "p";
    whole.second.rare_part.engage().name = "q";
    auto old = std::optional(any_object(std::move(whole)));
    auto const newer = any_object(fleet());
    auto const& lists = old->as<fleet>().second;
    auto const* const list = &*lists.named_parts.begin();
    auto const* const box = lists.rare_part.get();
    auto kept = between(old->as<fleet>(), newer.as<fleet>());
    old.reset();
    auto const again = restored(std::as_const(kept), newer.as<fleet>());
    CHECK(&*std::as_const(again).second.named_parts.begin() == list);
    CHECK(std::as_const(again).second.rare_part.get() == box);
    kept = difference();
    CHECK(again.second.named_parts.get("p").name == "p");
}

namespace {

/// A fleet with a crew, whose names are too long to lie in their texts.
auto with_crew(int many) -> fleet {
    auto out = fleet();
    for (auto n = 0; n < many; ++n) {
        auto& one = out.crew.emplace_back();
        one.name = "a member of the crew called " + std::to_string(n);
        one.weight = n;
    }
    return out;
}

/// Where a crew begins: two fleets that share it have it at the same place.
auto first_of(fleet const& value) -> part const* { return &value.crew[0]; }

constexpr auto head_bytes = std::size_t{12};

} // namespace

TEST_CASE("of a list that is as long, only what its elements have otherwise is kept", "[object]") {
    auto const newer = with_crew(50);
    auto changed = newer;
    changed.crew[7].weight = 700;
    changed.crew[49].weight = 4900;
    auto const older = any_object(changed); // its copies have the same elements
    auto const kept = between(older.as<fleet>(), newer);
    REQUIRE(kept);
    auto const again = restored(kept, newer);
    CHECK(again == changed);
    CHECK(first_of(again) != first_of(older.as<fleet>()));
    CHECK(newer.crew[7].weight == 7);

    auto const whole = between(older.as<fleet>(), with_crew(49));
    CHECK(first_of(restored(whole, newer)) == first_of(older.as<fleet>()));
}

TEST_CASE("a list of another length, or of which most differs, is kept as a whole", "[object]") {
    auto const newer = with_crew(3);
    auto keeps_whole = [&](fleet const& value) {
        auto const older = any_object(value);
        auto const kept = between(older.as<fleet>(), newer);
        REQUIRE(kept);
        auto const again = restored(kept, newer);
        CHECK(again == value);
        CHECK(first_of(again) == first_of(older.as<fleet>()));
    };
    for (auto const many : {1, 2, 4, 200}) keeps_whole(with_crew(many));
    CHECK(restored(between(fleet(), newer), newer) == fleet());
    auto older = newer;
    auto const somebody = boost::json::parse(R"({"name":"somebody else","weight":-1,"rank":2})");
    for (auto& one : older.crew) one = object::from_json<part>(somebody).value();
    keeps_whole(older);
}

TEST_CASE("a list of which much differs is kept as a whole where that is all there is room for", "[object]") {
    auto const newer = with_crew(100);
    auto older = newer;
    for (std::size_t n = 0; n < 20; ++n) older.crew[n].weight = -1;
    auto const a_list = head_bytes + 4 + sizeof(object::list<part>);
    for (auto const most : {a_list, any_size}) {
        auto const kept = between(older, newer, most);
        REQUIRE(kept);
        CHECK(restored(kept, newer) == older);
    }
    for (std::size_t n = 0; n < 70; ++n) older.crew[n].weight = -1; // more than there are places
    auto const kept = between(older, newer);
    REQUIRE(kept);
    CHECK(restored(kept, newer) == older);
}

TEST_CASE("elements that others have too are not changed when a value is made of them again", "[object]") {
    auto const newer = any_object(with_crew(4));
    auto const same_elements = newer.as<fleet>(); // as a copy has them
    auto older = newer.as<fleet>();
    older.crew[2].name = "another name that is too long to lie in its text";
    auto const kept = between(older, newer.as<fleet>());
    CHECK(restored(kept, newer.as<fleet>()) == older);
    CHECK(same_elements == with_crew(4));
    CHECK(newer.as<fleet>() == with_crew(4));
}

TEST_CASE("a difference that is moved is there once", "[object]") {
    auto a = fleet();
    a.name = "a name that is longer than a short text may be";
    auto one = between(a, fleet());
    auto other = std::move(one);
    CHECK_FALSE(one);
    one = std::move(other);
    CHECK_FALSE(other);
    CHECK(restored(one, fleet()) == a);
}

TEST_CASE("a difference that cannot be made leaves nothing behind", "[object]") {
    using namespace faults;
    auto draw = random_engine(1);
    {
        auto const a = object::arbitrary<outer>(draw, {.rarity = 1});
        auto const b = outer();
        auto kept = difference();
        CHECK(let_fail([&] { kept = between(a, b); }) > 10);
        REQUIRE(kept);
        auto again = outer();
        CHECK(let_fail([&] { again = restored(kept, b); }) > 10);
        CHECK(again == a);
    }
    CHECK(fragile::alive == 0);
}

TEST_CASE("a value that a difference could not be put into is one still", "[object]") {
    using namespace faults;
    auto draw = random_engine(2);
    auto const a = object::arbitrary<outer>(draw, {.rarity = 1});
    auto const kept = between(a, outer());
    auto value = outer();
    fragile::copies_left = 3;
    CHECK_THROWS_AS(kept.put_into(&value), std::bad_alloc);
    fragile::copies_left = -1;
    CHECK_FALSE(value == a);
    kept.put_into(&value);
    CHECK(value == a);
}

TEST_CASE("a type that was made at run time lives as long as a difference of its values", "[object]") {
    constexpr auto kind = object::resource_name{"example.com", "v1", "Ship", "ships", "ship", true};
    auto const document = boost::json::parse(R"({"type":"object","properties":{"spec":{"type":"object",
        "properties":{"name":{"type":"string"},"tons":{"type":"integer"}}}}})");
    auto owner = std::weak_ptr<object::type_owner const>();
    auto kept = difference();
    {
        auto const schema =
            object::runtime_schema::from_structural(document, "example.v1.Ship", kind).value();
        auto const& type = *schema.find("example.v1.Ship");
        owner = type.owner->weak_from_this();
        auto draw = random_engine(9);
        for (auto n = 0; n < 50; ++n) {
            auto drafts = std::vector<object::draft>();
            for (auto i = 0; i < 2; ++i) {
                drafts.emplace_back(type);
                object::arbitrary_values(draw, {.rarity = 2}).fill(type, drafts.back().data());
            }
            kept = difference::between(type, drafts[0].data(), drafts[1].data(), any_size);
            REQUIRE(kept);
            kept.put_into(drafts[1].data());
            REQUIRE(is_same(type, drafts[0].data(), drafts[1].data()));
        }
    }
    CHECK_FALSE(owner.expired());
    kept = difference();
    CHECK(owner.expired());
}
