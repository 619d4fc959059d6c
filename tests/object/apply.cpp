/// \file
/// Server-side apply on types of ours: one that is a struct, and the same one known only while the program
/// runs.

#include "../fuzz/applies.hpp"
#include "../fuzz/corpus.hpp"
#include "mast.hpp"

#include <berth/object/any_object.hpp>
#include <berth/object/apply.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/runtime_schema.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace berth;
namespace json = boost::json;
using object::field_set;
using object::merge_topology;

namespace {

struct seat {
    static constexpr auto berth_topology = merge_topology::atomic;

    std::int32_t row = 0;
    std::string side;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(seat, "test.Seat", (row), (side))
};
using test::mast;
struct rig {
    std::optional<std::int32_t> sails;
    std::string colour;
    std::string captain;
    std::vector<std::string> crew;
    std::vector<std::string> log;
    object::list<mast> masts;
    object::string_map cargo;
    object::string_map papers;
    object::boxed<seat> bench;
    object::boxed<mast> spare;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(rig, "test.Rig", (sails), (colour), (captain), (crew, .topology = merge_topology::set),
                   (log), (masts, .topology = merge_topology::map, .list_keys = "name,wood"), (cargo),
                   (papers, .topology = merge_topology::atomic), (bench), (spare))
};
struct ship {
    static constexpr object::resource_name resource{"test", "v1", "Ship", "ships", "ship", true};
    object::meta metadata;
    rig spec;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(ship, "test.Ship", (metadata, .always = true), (spec))
};

constexpr auto mast_schema = std::string_view(
    R"({"type":"object","properties":{"name":{"type":"string"},
        "wood":{"type":"string","default":"oak"},"height":{"type":"integer","format":"int32"}}})");

/// The ship as a schema.
auto ship_schema() -> object::type_info const& {
    static auto const schema = [] {
        auto const text =
            std::string(
                R"({"type":"object","properties":{"metadata":{"type":"object"},"spec":{"type":"object",
            "properties":{"sails":{"type":"integer","format":"int32"},"colour":{"type":"string"},
            "captain":{"type":"string"},
            "crew":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
            "log":{"type":"array","items":{"type":"string"}},
            "masts":{"type":"array","x-kubernetes-list-type":"map",
                "x-kubernetes-list-map-keys":["name","wood"],
                "items":)") +
            std::string(mast_schema) + R"(},
            "cargo":{"type":"object","additionalProperties":{"type":"string"}},
            "papers":{"type":"object","x-kubernetes-map-type":"atomic",
                "additionalProperties":{"type":"string"}},
            "bench":{"type":"object","x-kubernetes-map-type":"atomic","properties":{
                "row":{"type":"integer","format":"int32"},"side":{"type":"string"}}},
            "any":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
            "spare":)" +
            std::string(mast_schema) + "}}}}";
        return object::runtime_schema::from_structural(json::parse(text), "Ship", ship::resource).value();
    }();
    return *schema.find("Ship");
}

/// A ship, and whoever owns what of it.
struct harbour {
    object::draft object;
    std::vector<object::field_owner> owners{};

    auto apply(std::string_view who, std::string_view spec, bool force = false) -> std::string {
        auto const document =
            json::parse(R"({"apiVersion":"test/v1","kind":"Ship","spec":)" + std::string(spec) + "}");
        auto next = object::draft(std::move(object).finish());
        auto owned = owners;
        auto kept = object::draft(next.type());
        next.type().assign(kept.data(), next.data());
        auto done = object::apply_document(next.type(), next.data(), document, owned,
                                           {std::string(who), "v1", true, nullptr}, force);
        auto said = std::string();
        if (!done) said = done.error().message;
        else
            for (auto const& c : done->conflicts)
                (said += owned[c.owner].name) += object::shown(c.path) + " ";
        object = std::move(said.empty() ? next : kept);
        if (said.empty()) owners = owned;
        return said;
    }
    auto write(std::string_view who, std::string_view spec) -> void {
        auto next = object::draft(object.type());
        auto d = object::decoder(object::unknown_members::keep);
        auto const document = json::parse("{\"spec\":" + std::string(spec) + "}");
        REQUIRE(d.decode_document(document.get_object(), next.type(), next.data()));
        object::note_change(object::compare_fields(next.type(), object.data(), next.data()), owners,
                            {std::string(who), "v1", false, nullptr});
        object = std::move(next);
    }
    [[nodiscard]] auto spec() const -> std::string {
        auto out = std::string();
        auto const* const f = object.type().field("spec");
        object::append_json(out, f->type(), f->in(object.data()));
        return out;
    }
    [[nodiscard]] auto owned(std::string_view who) const -> std::string {
        for (auto const& o : owners)
            if (o.name == who) return o.fields->encode();
        return "nobody";
    }
};

auto harbours() -> std::vector<harbour> {
    auto out = std::vector<harbour>();
    out.push_back({object::draft(object::type_of<ship>())});
    out.push_back({object::draft(ship_schema())});
    return out;
}

} // namespace

TEST_CASE("who applies owns what was stated: leaves, entries, elements with their keys") {
    for (auto& h : harbours()) {
        CHECK(
            h.apply("a", R"({"sails":2,"crew":["jim"],"log":["x","y"],"cargo":{"tea":"1"},"papers":{"p":"q"},
                               "bench":{"row":1},"spare":{},
                               "masts":[{"name":"fore","height":3},{"name":"main","wood":"pine"}]})") == "");
        CHECK(h.owned("a") ==
              R"({"f:spec":{"f:bench":{},"f:cargo":{"f:tea":{}},"f:crew":{"v:\"jim\"":{}},"f:log":{},)"
              R"("f:masts":{)"
              R"("k:{\"name\":\"fore\",\"wood\":\"oak\"}":{".":{},"f:height":{},"f:name":{}},)"
              R"("k:{\"name\":\"main\",\"wood\":\"pine\"}":{".":{},"f:name":{},"f:wood":{}}},)"
              R"("f:papers":{},"f:sails":{},"f:spare":{}}})");
    }
}

TEST_CASE("another value is a conflict with whoever owns it, and taken by force") {
    for (auto& h : harbours()) {
        REQUIRE(h.apply("a", R"({"sails":2,"colour":"red","masts":[{"name":"fore","height":3}]})") == "");
        CHECK(h.apply("b", R"({"sails":3,"masts":[{"name":"fore","height":4}]})") ==
              "a.spec.sails a.spec.masts[name=\"fore\",wood=\"oak\"].height ");
        CHECK(h.owned("b") == "nobody");
        CHECK(h.apply("b", R"({"sails":3})", true) == "");
        CHECK(h.owned("b") == R"({"f:spec":{"f:sails":{}}})");
        CHECK(h.owned("a") ==
              R"({"f:spec":{"f:colour":{},"f:masts":{"k:{\"name\":\"fore\",\"wood\":\"oak\"}":)"
              R"({".":{},"f:height":{},"f:name":{}}}}})");
        CHECK(h.spec().find(R"("sails":3)") != std::string::npos);
    }
}

TEST_CASE("the same value is owned together, and goes with its last owner") {
    for (auto& h : harbours()) {
        REQUIRE(h.apply("a", R"({"sails":2,"cargo":{"tea":"1"},"crew":["jim","tom"]})") == "");
        REQUIRE(h.apply("b", R"({"sails":2,"cargo":{"tea":"1","rum":"2"},"crew":["tom"]})") == "");
        CHECK(h.apply("a", R"({"colour":"red"})") == "");
        CHECK(h.spec() == R"({"sails":2,"colour":"red","crew":["tom"],"cargo":{"rum":"2","tea":"1"}})");
        CHECK(h.apply("b", "{}") == "");
        CHECK(h.spec() == R"({"colour":"red"})");
    }
}

TEST_CASE("what was never applied stays when an owner takes back what it stated") {
    for (auto& h : harbours()) {
        h.write("u", R"({"captain":"ann","cargo":{"tea":"1"},"masts":[{"name":"fore","wood":"oak"}]})");
        REQUIRE(h.apply("a", R"({"cargo":{"rum":"2"},"masts":[{"name":"main","height":1}]})") == "");
        REQUIRE(h.apply("a", "{}") == "");
        CHECK(h.spec() == R"({"captain":"ann","masts":[{"name":"fore","wood":"oak"}],"cargo":{"tea":"1"}})");
    }
}

TEST_CASE("elements keep their order, but for what the document orders otherwise") {
    for (auto& h : harbours()) {
        h.write("u", R"({"crew":["a","b","c","d"]})");
        REQUIRE(h.apply("a", R"({"crew":["c","x","a"]})") == "");
        CHECK(h.spec() == R"({"crew":["b","c","d","x","a"]})");
    }
}

TEST_CASE("a write takes what it changes from everybody, and what it removes is nobody's") {
    for (auto& h : harbours()) {
        REQUIRE(h.apply("a", R"({"sails":2,"colour":"red","cargo":{"tea":"1"}})") == "");
        h.write("u", R"({"sails":3,"captain":"bob","cargo":{"rum":"1"}})");
        CHECK(h.owned("a") == "{}");
        CHECK(h.owned("u") == R"({"f:spec":{"f:captain":{},"f:cargo":{"f:rum":{}},"f:sails":{}}})");
    }
}

TEST_CASE("an explicit null takes a value away, but not what is in a container") {
    for (auto& h : harbours()) {
        h.write("u", R"({"sails":2,"cargo":{"tea":"1"}})");
        CHECK(h.apply("a", R"({"sails":null,"cargo":null})", true) == "");
        CHECK(h.spec() == R"({"cargo":{"tea":"1"}})");
        CHECK(h.owned("a") == R"({"f:spec":{"f:cargo":{},"f:sails":{}}})");
    }
}

TEST_CASE("what the type does not allow is refused in the words of structured-merge-diff") {
    for (auto& h : harbours()) {
        CHECK(h.apply("a", R"({"sail":2})") == ".spec.sail: field not declared in schema");
        CHECK(h.apply("a", R"({"sails":"2"})") == ".spec.sails: expected numeric (int or float), got string");
        CHECK(h.apply("a", R"({"colour":[1,"x"]})") ==
              ".spec.colour: expected string, got &value.valueUnstructured{Value:[]interface {}{1, \"x\"}}");
        CHECK(h.apply("a", R"({"cargo":5})") == ".spec.cargo: expected map, got &{5}");
        CHECK(h.apply("a", R"({"crew":{}})") == ".spec.crew: expected list, got &{map[]}");
        CHECK(h.apply("a", R"({"crew":["a","a"]})") == ".spec.crew: duplicate entries for key [=\"a\"]");
        CHECK(h.apply("a", R"({"crew":[null]})") ==
              ".spec.crew: element 0: associative list without keys has an element that's an explicit null");
        CHECK(h.apply("a", R"({"masts":[null]})") ==
              ".spec.masts: element 0: associative list with keys may not have a null element");
        CHECK(h.apply("a", R"({"log":["a",{}]})") ==
              ".spec.log[1]: expected string, got &value.valueUnstructured{Value:map[string]interface {}{}}");
        CHECK(h.apply("a", R"({"masts":[{"name":"a","x":1}],"sails":true})") ==
              "errors:\n  .spec.masts[name=\"a\",wood=\"oak\"].x: field not declared in schema\n"
              "  .spec.sails: expected numeric (int or float), got bool");
    }
}

TEST_CASE("any JSON is owned member by member, its lists as a whole") {
    auto h = harbour{object::draft(ship_schema())};
    REQUIRE(h.apply("a", R"({"any":{"x":{"y":1},"l":[{"z":1}]}})") == "");
    CHECK(h.owned("a") == R"({"f:spec":{"f:any":{"f:l":{},"f:x":{".":{},"f:y":{}}}}})");
    CHECK(h.apply("b", R"({"any":{"x":{"y":2,"w":3}}})") == "a.spec.any.x.y ");
    REQUIRE(h.apply("b", R"({"any":{"x":{"w":3}}})") == "");
    REQUIRE(h.apply("a", R"({"any":{"x":{}}})") == "");
    CHECK(h.spec() == R"({"any":{"x":{"w":3}}})");
}

TEST_CASE("entries and unknown members come to their places, however many and in whatever order") {
    auto const stated = [](std::string_view head, int from, std::string_view tail) {
        auto out = std::string(head);
        for (auto n = from; n >= 0; n -= 2) // the last first, every second one
            (((out += out.back() == '{' ? "\"k" : ",\"k") += std::to_string(1'000 + n)) += "\":\"") += "v\"";
        return out += tail;
    };
    auto const all = [](int last) {
        auto out = std::string("{");
        for (auto n = 0; n <= last; ++n)
            (((out += n == 0 ? "\"k" : ",\"k") += std::to_string(1'000 + n)) += "\":\"") += "v\"";
        return out += "}";
    };
    for (auto& h : harbours()) {
        CHECK(h.apply("a", stated("{\"cargo\":{", 99, "}}")) == "");
        CHECK(h.apply("b", stated("{\"cargo\":{", 98, "}}")) == "");
        CHECK(h.spec() == "{\"cargo\":" + all(99) + "}");
    }
    auto any = harbour{object::draft(ship_schema())};
    CHECK(any.apply("a", stated("{\"any\":{", 99, "}}")) == "");
    CHECK(any.apply("b", stated("{\"any\":{", 98, "}}")) == "");
    CHECK(json::parse(any.spec()) == json::parse("{\"any\":" + all(99) + "}"));
}

TEST_CASE("to extract fields leaves them, their keys, and nothing else") {
    for (auto& h : harbours()) {
        REQUIRE(h.apply("a", R"({"sails":2,"masts":[{"name":"fore","wood":"oak","height":3}]})") == "");
        REQUIRE(h.apply("b", R"({"colour":"red","masts":[{"name":"main","wood":"oak","height":1}]})") == "");
        auto const fields =
            field_set::decode(R"({"f:spec":{"f:colour":{},)"
                              R"("f:masts":{"k:{\"name\":\"fore\",\"wood\":\"oak\"}":{"f:height":{}}}}})");
        object::extract_fields(h.object.type(), h.object.data(), *fields);
        CHECK(h.spec() == R"({"colour":"red","masts":[{"name":"fore","wood":"oak","height":3}]})");
    }
}

TEST_CASE("elements that cannot be told apart are compared together") {
    for (auto& h : harbours()) {
        h.write("u", R"({"crew":["a","a","b"]})");
        CHECK(h.owned("u") == R"({"f:spec":{".":{},"f:crew":{".":{},"v:\"a\"":{},"v:\"b\"":{}}}})");
        h.write("v", R"({"crew":["a","b"]})");
        CHECK(h.owned("u") == R"({"f:spec":{".":{},"f:crew":{".":{},"v:\"b\"":{}}}})");
        REQUIRE(h.apply("a", R"({"crew":["a"]})") == "");
        CHECK(h.spec() == R"({"crew":["a","b"]})");
    }
}

TEST_CASE("the kept inputs of the fuzzer crash nothing") {
    for (auto const& input : tests::corpus("applies"))
        fuzz::apply_documents(input); // ends the process if not
}
