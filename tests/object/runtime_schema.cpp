/// \file
/// Types that are described while the program runs: what is read of a schema, and what is refused.

#include "arbitrary.hpp"

#include <berth/object/runtime_schema.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace berth;
namespace json = boost::json;

namespace {

constexpr auto ship_kind = object::resource_name{"example.com", "v1", "Ship", "ships", "ship", true};

auto read_ship(std::string_view schema, object::runtime_schema_options options = {})
    -> result<object::runtime_schema> {
    return object::runtime_schema::from_structural(json::parse(schema), "Ship", ship_kind, options);
}
auto refusal(std::string_view schema) -> std::string {
    auto const read = read_ship(schema);
    return read ? "" : read.error().message;
}
auto read_components(std::string_view schemas, object::runtime_schema_options options = {})
    -> result<object::runtime_schema> {
    return object::runtime_schema::from_openapi(
        json::parse(R"({"components":{"schemas":)" + std::string(schemas) + "}}"), options);
}
auto components_refusal(std::string_view schemas) -> std::string {
    auto const read = read_components(schemas);
    return read ? "" : read.error().message;
}
/// What a document is written as after it was read.
auto echo(object::type_info const& type, std::string_view document) -> std::string {
    auto const read = laws::read(type, json::parse(document));
    return read ? read->text() : read.error().message;
}
auto ship_echo(std::string_view spec_schema, std::string_view spec) -> std::string {
    auto const schema =
        read_ship(R"({"type":"object","properties":{"spec":)" + std::string(spec_schema) + "}}");
    if (!schema) return schema.error().message;
    auto const out = echo(*schema->find("Ship"), R"({"spec":)" + std::string(spec) + "}");
    constexpr auto front = std::string_view(R"({"metadata":{},"spec":)");
    return out.starts_with(front) ? out.substr(front.size(), out.size() - front.size() - 1) : out;
}

constexpr auto all_forms = std::string_view(R"({"type":"object","properties":{"metadata":{"type":"object"},
    "spec":{"type":"object","required":["name","lost"],"properties":{
        "name":{"type":"string","description":"What it is called.","minLength":1,"maxLength":63,
                "pattern":"^[a-z]+$"},
        "size":{"type":"string","enum":["large","small, but fine"],"default":"large"},
        "sails":{"type":"integer","format":"int32","minimum":1,"maximum":9.5,"enum":[1,2]},
        "tons":{"type":"integer"},
        "speed":{"type":"number","minimum":0.5,"maximum":19.5},
        "afloat":{"type":"boolean","nullable":true},
        "port":{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]},
        "built":{"type":"string","format":"date-time"},
        "log":{"type":"string","format":"byte"},
        "crew":{"type":"array","maxItems":40,"x-kubernetes-list-type":"map",
                "x-kubernetes-list-map-keys":["name","rank"],"x-kubernetes-patch-merge-key":"name",
                "x-kubernetes-patch-strategy":"merge,retainKeys",
                "items":{"type":"object","properties":{"name":{"type":"string"},"rank":{"type":"string"}}}},
        "flags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string","enum":["red"]}},
        "cargo":{"type":"object","x-kubernetes-map-type":"atomic",
                 "additionalProperties":{"type":"array","items":{"type":"boolean"}}},
        "any":{},
        "open":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
        "half":{"type":"object","x-kubernetes-map-type":"atomic","x-kubernetes-preserve-unknown-fields":true,
                "properties":{"known":{"type":"string"}}},
        "closed":{"type":"object"}}}}})");

constexpr auto a_ship = std::string_view(
    R"({"metadata":{"name":"x"},"spec":{"name":"","size":"large","sails":0,"tons":0,"speed":0.5,)"
    R"("afloat":null,)"
    R"("port":80,"built":"2026-01-01T00:00:00.5Z","log":"aGk=","crew":[{"name":"ann","rank":""}],"flags":[],)"
    R"("cargo":{"a":[true,false]},"any":[1],"open":{"z":1,"a":2},"half":{"known":"k","b":{}},"closed":{}}})");

} // namespace

TEST_CASE("each form of a schema is read, and absent is not zero") {
    auto const schema = read_ship(all_forms).value();
    CHECK(echo(*schema.find("Ship"), a_ship) == a_ship);
    CHECK(echo(*schema.find("Ship"), R"({"spec":{}})") == R"({"metadata":{},"spec":{}})");
    CHECK(schema.find("Boat") == nullptr);
}

TEST_CASE("the members of a run-time type say what their schema says") {
    auto const schema = read_ship(all_forms).value();
    auto const& spec = schema.find("Ship")->field("spec")->type().element();
    auto const details = [&](std::string_view name) { return *spec.field(name)->details; };
    CHECK(spec.field("name")->required);
    CHECK_FALSE(spec.field("size")->required);
    CHECK(details("name").text == "What it is called.");
    CHECK(details("name").pattern == "^[a-z]+$");
    CHECK((details("name").min_size == 1 && details("name").max_size == 63));
    REQUIRE(details("size").values.size() == 2);
    CHECK(details("size").values[1] == "small, but fine");
    CHECK(details("size").fallback == "\"large\"");
    CHECK(details("sails").values[1] == "2");
    CHECK((details("sails").minimum == 1 && details("sails").maximum == 9));
    CHECK((details("speed").minimum == 0 && details("speed").maximum == 20));
    CHECK(spec.field("afloat")->nullable);
    CHECK(details("crew").max_size == 40);
    CHECK(details("crew").merge_key == "name");
    CHECK(details("crew").list_keys == "name,rank");
    CHECK(spec.field("crew")->patch == object::patch_strategy::merge_retain_keys);
    CHECK(spec.field("crew")->topology == object::merge_topology::map);
    CHECK(spec.field("flags")->topology == object::merge_topology::set);
    CHECK(spec.field("cargo")->topology == object::merge_topology::atomic);
    CHECK(details("flags").values.front() == "red");
    CHECK(spec.field("half")->type().element().topology == object::merge_topology::atomic);
    CHECK(spec.field("tons")->details == &object::no_details);
    CHECK(spec.field("built")->type().element().schema_format == "date-time");
}

TEST_CASE("a kind has the metadata of all kinds, and the resource that was given") {
    auto const schema = read_ship(R"({"type":"object","properties":{"apiVersion":{"type":"string"},
        "kind":{"type":"string"},"spec":{"type":"object"}}})")
                            .value();
    auto const& ship = *schema.find("Ship");
    REQUIRE(ship.resource != nullptr);
    CHECK(*ship.resource == ship_kind);
    CHECK(ship.field("kind") == nullptr);
    auto made = object::draft(ship);
    made.metadata().name = "blue";
    auto const o = std::move(made).finish();
    CHECK(o.metadata().name == "blue");
    auto text = std::string();
    object::append_document(text, ship, o.data(), 3);
    CHECK(
        text ==
        R"({"kind":"Ship","apiVersion":"example.com/v1","metadata":{"resourceVersion":"3","name":"blue"}})");
}

TEST_CASE("what nobody described is dropped where the schema does not preserve it") {
    CHECK(ship_echo(R"({"type":"object","properties":{"a":{"type":"string"}}})", R"({"a":"b","c":"d"})") ==
          R"({"a":"b"})");
    auto const schema =
        read_ship(R"({"type":"object","properties":{"a":{"type":"string"}}})", {.keep_unknown = true})
            .value();
    CHECK(echo(*schema.find("Ship"), R"({"a":"b","c":"d"})") == R"({"metadata":{},"a":"b","c":"d"})");
}

TEST_CASE("null is nothing, except where the schema says that it is something") {
    constexpr auto schema = R"({"type":"object","properties":{"a":{"type":"string"},
        "b":{"type":"object","nullable":true,"properties":{"c":{"type":"string"}}}}})";
    CHECK(ship_echo(schema, R"({"a":null,"b":null})") == R"({"b":null})");
    CHECK(ship_echo(schema, R"({"b":{"c":null}})") == R"({"b":{}})");
    CHECK(ship_echo(schema, R"({"b":{"c":"d"}})") == R"({"b":{"c":"d"}})");
}

TEST_CASE("values that are not of the schema's type are refused as those of compiled types") {
    CHECK(ship_echo(R"({"type":"integer","format":"int32"})", "3000000000").find("int32") !=
          std::string::npos);
    CHECK(ship_echo(R"({"type":"array","items":{"type":"string"}})", "[1]") ==
          "json: cannot unmarshal number into Go struct field spec[0] of type string");
}

TEST_CASE("types of a document refer to each other, to themselves and to what the program knows") {
    auto const schema = read_components(R"({
        "v1.Node":{"type":"object","properties":{
            "children":{"type":"array","items":{"$ref":"#/components/schemas/v1.Alias"}},
            "by":{"type":"object","additionalProperties":{"allOf":[{"$ref":"#/components/schemas/v1.Node"}]}},
            "at":{"allOf":[{"$ref":"#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.Time"}],
                  "description":"when"}}},
        "v1.Alias":{"$ref":"#/components/schemas/v1.Node"},
        "v1.Lists":{"type":"array","items":{"$ref":"#/components/schemas/v1.Lists"}},
        "io.k8s.apimachinery.pkg.apis.meta.v1.Time":{"type":"string","format":"date-time"}})")
                            .value();
    auto const& node = *schema.find("v1.Node");
    CHECK(schema.find("v1.Alias") == &node);
    CHECK(node.name == "v1.Node");
    CHECK(node.resource == nullptr);
    CHECK(&node.field("at")->type().element() == &object::type_of<object::timestamp>());
    CHECK(node.field("at")->details->text == "when");
    constexpr auto tree =
        R"({"children":[{"children":[{}],"at":"2026-01-01T00:00:00Z"}],"by":{"a":{"by":{"b":{}}}}})";
    CHECK(echo(node, tree) == tree);
    CHECK(echo(*schema.find("v1.Lists"), "[[],[[]]]") == "[[],[[]]]");
}

TEST_CASE("a document tells its kinds, and a caller knows more of them") {
    constexpr auto document = R"({"v1.Policy":{"type":"object",
        "properties":{"metadata":{
            "$ref":"#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"}},
        "x-kubernetes-group-version-kind":[{"group":"sea","version":"v1","kind":"Policy"}]},
        "v1.PolicyList":{"type":"object","properties":{"metadata":{"type":"object"}},
        "x-kubernetes-group-version-kind":[{"group":"sea","version":"v1","kind":"PolicyList"}]}})";
    auto const schema = read_components(document).value();
    REQUIRE(schema.find("v1.Policy")->resource != nullptr);
    CHECK(*schema.find("v1.Policy")->resource ==
          object::resource_name{"sea", "v1", "Policy", "policies", "policy", true});
    CHECK(schema.find("v1.PolicyList")->resource == nullptr);
    auto const known = std::vector{object::schema_kind{"v1.Policy", ship_kind}};
    CHECK(*read_components(document, {.kinds = known})->find("v1.Policy")->resource == ship_kind);
}

TEST_CASE("members of large records are found by name") {
    auto properties = json::object();
    for (auto n = 0; n < 500; ++n)
        properties["m" + std::to_string(n * 7919 % 500)] = json::object{{"type", "integer"}};
    auto const document = json::object{{"type", "object"}, {"properties", properties}};
    auto const schema = read_ship(json::serialize(document)).value();
    auto const& ship = *schema.find("Ship");
    CHECK(ship.by_name.size() == 501);
    for (auto const& f : ship.fields) REQUIRE(ship.field(f.name) == &f);
    CHECK(ship.field("m500") == nullptr);
    CHECK(ship.field("") == nullptr);
}

TEST_CASE("what is wrong with a schema is said with its place") {
    auto const property = [](std::string_view schema) {
        return refusal(R"({"type":"object","properties":{"p":)" + std::string(schema) + "}}");
    };
    CHECK(refusal("[]") == "openAPIV3Schema: must be an object");
    CHECK(refusal("{}") == "openAPIV3Schema: the type of a kind must be object");
    CHECK(refusal(R"({"type":"object","properties":[]})") == "openAPIV3Schema: properties must be an object");
    CHECK(property("true") == "openAPIV3Schema.properties.p: a schema must be an object");
    CHECK(property(R"({"type":1})") == "openAPIV3Schema.properties.p: type must be a string");
    CHECK(property(R"({"type":"sail"})").starts_with("openAPIV3Schema.properties.p: type must be array, "));
    CHECK(property(R"({"type":"array"})") == "openAPIV3Schema.properties.p: an array must have items");
    CHECK(property(R"({"type":"array","items":[]})") ==
          "openAPIV3Schema.properties.p.items: a schema must be an object");
    CHECK(property(R"({"type":"object","properties":{},"additionalProperties":{}})") ==
          "openAPIV3Schema.properties.p: properties and additionalProperties exclude each other");
    CHECK(property(R"({"type":"object","additionalProperties":7})") ==
          "openAPIV3Schema.properties.p.additionalProperties: a schema must be an object");
    CHECK(property(R"({"$ref":"#/x"})") ==
          "openAPIV3Schema.properties.p: $ref must point into #/components/schemas/, and not to #/x");
    CHECK(property(R"({"$ref":"#/definitions/x"})") == "openAPIV3Schema.properties.p: there is no schema x");
    CHECK(property(R"({"$ref":1})") == "openAPIV3Schema.properties.p: $ref must be a string");
    CHECK(property(R"({"type":"string","enum":"a"})") == "openAPIV3Schema.properties.p: enum must be a list");
    CHECK(property(R"({"type":"string","minLength":"a"})") ==
          "openAPIV3Schema.properties.p: minLength must be a number");
    CHECK(property(R"({"type":"string","nullable":1})") ==
          "openAPIV3Schema.properties.p: nullable must be true or false");
    CHECK(property(R"({"type":"array","items":{},"x-kubernetes-list-type":"heap"})") ==
          "openAPIV3Schema.properties.p: x-kubernetes-list-type must be atomic, set or map");
    CHECK(property(R"({"type":"object","x-kubernetes-map-type":"set"})") ==
          "openAPIV3Schema.properties.p: x-kubernetes-map-type must be atomic or granular");
    CHECK(property(R"({"type":"array","items":{},"x-kubernetes-list-map-keys":["a,b"]})") ==
          "openAPIV3Schema.properties.p: x-kubernetes-list-map-keys must be names without commas");
    CHECK(property(R"({"type":"string","x-kubernetes-patch-strategy":"glue"})") ==
          "openAPIV3Schema.properties.p: x-kubernetes-patch-strategy must be merge, replace or retainKeys");
    CHECK(refusal(R"({"type":"object","required":[1]})") ==
          "openAPIV3Schema: required must be a list of names");
}

TEST_CASE("a document that is none is refused") {
    auto const refused = [](std::string_view document) {
        auto const read = object::runtime_schema::from_openapi(json::parse(document));
        return read ? "" : read.error().message;
    };
    CHECK(refused("7") == "the schema: an OpenAPI document must be an object");
    for (auto const* const d : {"{}", R"({"components":1})", R"({"components":{}})", R"({"definitions":[]})"})
        CHECK(refused(d) == "the schema: an OpenAPI document must have an object components.schemas");
    CHECK(refused(R"({"definitions":{"A":{"type":"string"}}})") == "");
    CHECK(components_refusal(R"({"A":1})") == "A: a schema must be an object");
    CHECK(components_refusal(R"({"A":{"$ref":"#/definitions/B"},"B":{"$ref":"#/definitions/A"}})") ==
          "the schema: the references from A go in a circle");
    CHECK(components_refusal(R"({"A":{"type":"array","items":{"$ref":"#/definitions/C"}}})") ==
          "A.items: there is no schema C");
}

TEST_CASE("schemas inside schemas are followed so far and no further, and by no recursion") {
    auto nested = [](int depth) {
        auto value = json::value(json::object{{"type", "string"}});
        for (auto n = 0; n < depth; ++n)
            value = json::object{{"type", "object"}, {"properties", json::object{{"a", std::move(value)}}}};
        return value;
    };
    CHECK(object::runtime_schema::from_structural(nested(30), "Ship", ship_kind));
    auto const deep = object::runtime_schema::from_structural(nested(200), "Ship", ship_kind);
    REQUIRE_FALSE(deep);
    CHECK(deep.error().message.ends_with("it is nested too deeply"));
    // A chain of names is as long as it likes.
    auto chain = json::object();
    for (auto n = 0; n < 5000; ++n)
        chain["T" + std::to_string(n)] = json::object{
            {"type", "array"},
            {"items", json::object{{"$ref", "#/definitions/T" + std::to_string((n + 1) % 5000)}}}};
    auto const linked = object::runtime_schema::from_openapi(json::object{{"definitions", chain}});
    REQUIRE(linked);
    CHECK(linked->size() == 5000);
}

TEST_CASE("copies of a schema share its descriptions, which stay where they are") {
    auto first = read_ship(all_forms).value();
    auto const second = first;
    auto const* const ship = first.find("Ship");
    first = read_ship(R"({"type":"object"})").value();
    CHECK(second.find("Ship") == ship);
    CHECK(echo(*ship, a_ship) == a_ship);
}

TEST_CASE("values of run-time types keep the laws of all values") {
    auto const schema = read_ship(all_forms).value();
    auto draw = berth::random_engine(5);
    for (auto n = 0; n < 200; ++n) {
        auto const a = laws::value(*schema.find("Ship"), draw, {.rarity = 2});
        auto const b = laws::value(*schema.find("Ship"), draw, {.rarity = 2});
        REQUIRE(laws::broken_by(a, b) == "");
        REQUIRE(laws::notices_changes(a));
    }
}

TEST_CASE("a schema that was spoilt somewhere is read or refused") {
    auto draw = berth::random_engine(6);
    constexpr auto odd =
        std::array<std::string_view, 8>{"1", "null", "[]", "{}", "\"x\"", "true", "-1e300", "\"object\""};
    auto const spoil = [&](auto const& self, json::value& v) -> void {
        if (draw.below(12) == 0) v = json::parse(odd[draw.below(odd.size())]);
        if (auto* const o = v.if_object())
            for (auto& m : *o) self(self, m.value());
        if (auto* const a = v.if_array())
            for (auto& e : *a) self(self, e);
    };
    auto refused = 0;
    for (auto n = 0; n < 1000; ++n) {
        auto document = json::parse(all_forms);
        spoil(spoil, document);
        auto const schema = object::runtime_schema::from_structural(document, "Ship", ship_kind);
        if (!schema) {
            refused += schema.error().message.empty() ? 0 : 1;
            continue;
        }
        auto const v = laws::value(*schema->find("Ship"), draw);
        REQUIRE(laws::value(v) == v);
    }
    CHECK(refused > 100);
}
