/// \file
/// What a described struct tells of itself.

#include "things.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

using namespace things;
using object::shape;
using object::type_of;

TEST_CASE("names in JSON are the members' in camel case, unless said otherwise") {
    CHECK(object::camel_case("name") == "name");
    CHECK(object::camel_case("block_owner_deletion") == "blockOwnerDeletion");
    CHECK(object::camel_case("namespace_") == "namespace");
    CHECK(object::camel_case("ipv4_address") == "ipv4Address");
    CHECK(object::camel_case("v_2") == "v2");
    CHECK(object::camel_case("").empty());
    auto const& t = type_of<body>();
    CHECK(t.field("rarePart") != nullptr);
    CHECK(t.field("podIP") != nullptr);
    CHECK(t.field("operator") != nullptr);
    CHECK(t.field("rare_part") == nullptr);
    CHECK(t.field("podIp") == nullptr);
    CHECK(t.field("unknown") == nullptr);
    CHECK(t.field("") == nullptr);
}

TEST_CASE("a type is described once and in the order of its members") {
    auto const& t = type_of<body>();
    CHECK(&t == &type_of<body>());
    CHECK(t.form == shape::record);
    CHECK(t.name == "test.v1.Body");
    CHECK(t.fields.size() == 19);
    CHECK(t.fields.front().name == "flag");
    CHECK(t.fields.back().name == "inner");
    CHECK(t.resource == nullptr);
    for (auto const& f : t.fields) CHECK(t.field(f.name) == &f);
}

TEST_CASE("a member's form follows from its type") {
    auto const form = [](std::string_view name) { return type_of<body>().field(name)->type().form; };
    CHECK(form("flag") == shape::boolean);
    CHECK(form("small") == shape::int32);
    CHECK(form("large") == shape::int64);
    CHECK(form("real") == shape::number);
    CHECK(form("text") == shape::text);
    CHECK(form("maybe") == shape::optional);
    CHECK(form("rarePart") == shape::optional);
    CHECK(form("parts") == shape::list);
    CHECK(form("labels") == shape::map);
    CHECK(form("data") == shape::scalar);
    CHECK(form("at") == shape::scalar);
    CHECK(type_of<object::raw_json>().form == shape::raw);
    CHECK(type_of<body>().field("at")->type().schema_format == "date-time");
    CHECK(&type_of<body>().field("inner")->type().element() == &type_of<body>());
}

TEST_CASE("a kind knows its resource and where its metadata is") {
    static_assert(object::kind_type<thing> && object::described<part> && !object::kind_type<part>);
    static_assert(!object::described<std::string>);
    CHECK(type_of<thing>().resource == &thing::resource);
    auto o = other();
    o.metadata.name = "n";
    auto const at = reinterpret_cast<char const*>(&o) + type_of<other>().metadata;
    CHECK(reinterpret_cast<object::meta const*>(at)->name == "n");
}

TEST_CASE("options of a member are kept") {
    auto const* const name = type_of<part>().field("name");
    CHECK(name->required);
    CHECK(name->always);
    CHECK(name->number == 0);
    auto const* const owners = type_of<object::meta>().field("ownerReferences");
    CHECK(owners->details->merge_key == "uid");
    CHECK(owners->patch == object::patch_strategy::merge);
    CHECK(owners->number == 13);
}

TEST_CASE("members are read and written through the description") {
    auto const& t = type_of<body>();
    auto b = body();
    CHECK(t.is_zero(&b));
    *static_cast<std::string*>(t.field("text")->in(&b)) = "x";
    CHECK(b.text == "x");
    CHECK_FALSE(t.is_zero(&b));
    t.reset(&b);
    CHECK(b == body());

    auto const& parts = t.field("parts")->type();
    static_cast<part*>(parts.add(&b.parts, {}))->name = "p";
    CHECK(parts.size(&b.parts) == 1);
    CHECK(static_cast<part const*>(parts.at(&b.parts, 0))->name == "p");

    auto const& labels = t.field("labels")->type();
    *static_cast<std::string*>(labels.add(&b.labels, "k")) = "1";
    *static_cast<std::string*>(labels.add(&b.labels, "k")) = "2";
    CHECK(labels.size(&b.labels) == 1);
    CHECK(labels.key(&b.labels, 0) == "k");
    CHECK(b.labels.get("k") == "2");

    auto const& maybe = t.field("maybe")->type();
    CHECK(maybe.size(&b.maybe) == 0);
    *static_cast<std::int32_t*>(maybe.add(&b.maybe, {})) = 5;
    CHECK(maybe.add(&b.maybe, {}) == &*b.maybe);
    CHECK(b.maybe == 5);
}

TEST_CASE("objects are made, copied, compared and destroyed without knowing their type") {
    auto const& t = type_of<body>();
    auto* const a = t.make();
    CHECK(t.is_zero(a));
    static_cast<body*>(a)->inner = body();
    static_cast<body*>(a)->inner->text = "deep";
    auto* const b = t.clone(a);
    CHECK(t.equal(a, b));
    static_cast<body*>(b)->inner->text = "other";
    CHECK_FALSE(t.equal(a, b));
    CHECK(static_cast<body*>(a)->inner->text == "deep");
    t.assign(b, a);
    CHECK(t.equal(a, b));
    t.destroy(a);
    t.destroy(b);
}

TEST_CASE("what is unknown counts: for zero and for equality") {
    auto p = part();
    p.unknown.engage()["u"].text = "1";
    CHECK_FALSE(type_of<part>().is_zero(&p));
    CHECK_FALSE(p == part());
    CHECK(type_of<part>().unknown(static_cast<void const*>(&p)) == &p.unknown);
    type_of<part>().unknown(static_cast<void*>(&p))->reset();
    CHECK(p == part());
}
