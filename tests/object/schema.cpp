/// \file
/// A description is enough to walk values of any type: their members, elements and what nobody described.

#include "things.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace things;

namespace {

/// A value that is known by its description.
struct held {
    object::type_info const& type;
    void* value = type.make();

    explicit held(object::type_info const& t) : type(t) {}
    held(held const&) = delete;
    auto operator=(held const&) -> held& = delete;
    ~held() { type.destroy(value); }
};

auto numbered(int n) -> std::string { return "f" + std::to_string(n); }

} // namespace

TEST_CASE("lists of both sorts are walked in the same way") {
    for (auto const* const type :
         {&object::type_of<object::list<std::string>>(), &object::type_of<std::vector<std::string>>()}) {
        auto const list = held(*type);
        CHECK(type->form == object::shape::list);
        CHECK(type->is_zero(list.value));
        *static_cast<std::string*>(type->add(list.value, {})) = "a";
        *static_cast<std::string*>(type->add(list.value, {})) = "b";
        REQUIRE(type->size(list.value) == 2);
        CHECK(*static_cast<std::string const*>(type->at(list.value, 1)) == "b");
        CHECK_FALSE(type->is_zero(list.value));
        type->reset(list.value);
        CHECK(type->size(list.value) == 0);
    }
}

TEST_CASE("optionals of both sorts are walked in the same way") {
    for (auto const* const type :
         {&object::type_of<object::boxed<std::int32_t>>(), &object::type_of<std::optional<std::int32_t>>()}) {
        auto const optional = held(*type);
        CHECK(type->size(optional.value) == 0);
        auto* const inside = static_cast<std::int32_t*>(type->add(optional.value, {}));
        CHECK(*inside == 0);
        *inside = 7;
        CHECK(type->add(optional.value, {}) == inside);
        REQUIRE(type->size(optional.value) == 1);
        CHECK(*static_cast<std::int32_t const*>(type->at(optional.value, 0)) == 7);
    }
}

TEST_CASE("maps have their keys in order, each once") {
    auto const& type = object::type_of<object::dictionary<std::int64_t>>();
    auto const map = held(type);
    for (auto const* const key : {"b", "a", "c", "a"})
        ++*static_cast<std::int64_t*>(type.add(map.value, key));
    REQUIRE(type.size(map.value) == 3);
    CHECK((type.key(map.value, 0) == "a" && type.key(map.value, 2) == "c"));
    CHECK(*static_cast<std::int64_t const*>(type.at(map.value, 0)) == 2);
    CHECK(&type.element() == &object::type_of<std::int64_t>());
}

TEST_CASE("values are made, copied, assigned and compared by their description") {
    auto const& type = object::type_of<part>();
    auto const one = held(type);
    static_cast<part*>(one.value)->name = "mast";
    auto const* const copied = type.clone(one.value);
    CHECK(type.equal(one.value, copied));
    type.destroy(copied);
    auto const other = held(type);
    CHECK_FALSE(type.equal(one.value, other.value));
    type.assign(other.value, one.value);
    CHECK(static_cast<part*>(other.value)->name == "mast");
    type.assign(other.value, other.value);
    CHECK(static_cast<part*>(other.value)->name == "mast");
    CHECK(type.clone(nullptr) == nullptr);
    type.destroy(nullptr);
}

TEST_CASE("a member is found by its JSON name, in few and in many") {
    auto names = std::vector<std::string>();
    auto fields = std::vector<object::field_info>();
    auto order = std::vector<std::uint16_t>();
    for (auto n = 0; n < 200; ++n) names.push_back(numbered(n * 77 % 200));
    for (auto const& name : names) fields.push_back({.name = name, .of = &object::type_of<bool>()});
    for (auto n = 0; n < 200; ++n) order.push_back(static_cast<std::uint16_t>(n));
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return names[a] < names[b]; });
    auto type = object::type_info{};
    type.fields = fields;
    for (auto const with_index : {false, true}) {
        if (with_index) type.by_name = order;
        for (auto const& f : fields) CHECK(type.field(f.name) == &f);
        for (auto const* const none : {"", "f", "f200", "g", "a"}) CHECK(type.field(none) == nullptr);
    }
}

TEST_CASE("what nobody described is reached through the description") {
    auto p = part{};
    auto const& type = object::type_of<part>();
    REQUIRE(type.unknown(&p) == &p.unknown);
    CHECK(type.is_zero(&p));
    type.unknown(static_cast<void*>(&p))->engage()["x"].text = "1";
    CHECK_FALSE(type.is_zero(&p));
    CHECK(p.unknown->at_index(0).first == "x");
    CHECK(object::type_info{}.unknown(&p) == nullptr);
}

TEST_CASE("a kind's description says what it is called and where its metadata is") {
    auto const& type = object::type_of<other>();
    CHECK(*type.resource == other::resource);
    CHECK(type.metadata == offsetof(other, metadata));
    CHECK(object::type_of<part>().resource == nullptr);
}
