/// \file
/// Documents against their schemas, in the words of kube-apiserver.

#include <berth/api/check_document.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

namespace {

auto schema_of(std::string const& text) -> object::document_schema {
    return object::document_schema::read(boost::json::parse(text).get_object());
}

/// The schema of an object whose member `a` has a schema.
auto with(std::string const& member) -> object::document_schema {
    return schema_of(R"({"type":"object","properties":{"a":)" + member + "}}");
}

auto told(api::field_errors const& errors) -> std::string {
    auto out = std::string();
    for (auto const& c : errors.causes()) out += c.field + ": " + c.message + "\n";
    return out;
}

auto checked(object::document_schema const& s, char const* document) -> std::string {
    auto errors = api::field_errors();
    api::check_document(s, boost::json::parse(document), "", errors);
    return told(errors);
}

auto updated(object::document_schema const& s, char const* now, char const* before) -> std::string {
    auto errors = api::field_errors();
    api::check_document_update(s, boost::json::parse(now), boost::json::parse(before), "", errors);
    return told(errors);
}

} // namespace

TEST_CASE("types") {
    auto const number = with(R"({"type":"integer"})");
    CHECK(checked(number, R"({"a":3})").empty());
    CHECK(checked(number, R"({"a":3.0})").empty());
    CHECK(checked(number, R"({"a":"x"})") ==
          "a: Invalid value: \"string\": a in body must be of type integer: \"string\"\n");
    CHECK(checked(number, R"({"a":null})") ==
          "a: Invalid value: \"null\": a in body must be of type integer: \"null\"\n");
    CHECK(checked(with(R"({"type":"integer","nullable":true})"), R"({"a":null})").empty());
    CHECK(checked(with(R"({"type":"number"})"), R"({"a":3})").empty());
    CHECK(checked(with(R"({"x-kubernetes-int-or-string":true})"), R"({"a":true})") ==
          "a: Invalid value: \"boolean\": a in body must be of type integer,string: \"boolean\"\n");
}

TEST_CASE("bounds, patterns and formats") {
    CHECK(checked(with(R"({"type":"integer","maximum":5})"), R"({"a":9})") ==
          "a: Invalid value: 9: a in body should be less than or equal to 5\n");
    CHECK(checked(with(R"({"type":"integer","format":"int32"})"), R"({"a":3000000000})") ==
          "<nil>: Invalid value: \"\": Checked value must be of type integer with format int32 in a\n");
    CHECK(checked(with(R"({"type":"string","maxLength":2})"), R"({"a":"äöü"})") ==
          "a: Too long: may not be more than 2 bytes\n");
    CHECK(checked(with(R"({"type":"string","pattern":"^x"})"), R"({"a":"y"})") ==
          "a: Invalid value: \"y\": a in body should match '^x'\n");
    CHECK(checked(with(R"({"type":"string","format":"date"})"), R"({"a":"y"})") ==
          "a: Invalid value: \"y\": a in body must be of type date: \"y\"\n");
    CHECK(checked(with(R"({"type":"array","maxItems":1,"items":{"type":"string"}})"), R"({"a":["x","y"]})") ==
          "a: Too many: 2: must have at most 1 item\n");
    CHECK(checked(with(R"({"type":"string","enum":["x","y"]})"), R"({"a":"z"})") ==
          "a: Unsupported value: \"z\": supported values: \"x\", \"y\"\n");
}

TEST_CASE("what is missing is told by its place") {
    auto const s = with(R"({"type":"object","required":["b"],"properties":{"b":{"type":"string"}}})");
    CHECK(checked(s, R"({"a":{}})") == "a.b: Required value\n");
}

TEST_CASE("alternatives tell the one that came nearest") {
    auto const s = with(R"({"type":"object","properties":{"b":{"type":"integer"},"c":{"type":"integer"}},
                            "oneOf":[{"required":["b"]},{"required":["c"]}]})");
    CHECK(checked(s, R"({"a":{"b":1}})").empty());
    CHECK(checked(s, R"({"a":{}})") ==
          "<nil>: Invalid value: \"\": \"a\" must validate one and only one schema "
          "(oneOf). Found none valid\na.b: Required value\n");
    CHECK(checked(s, R"({"a":{"b":1,"c":2}})") ==
          "<nil>: Invalid value: \"\": \"a\" must validate one and only one schema (oneOf). Found 2 valid "
          "alternatives\n");
    CHECK(checked(with(R"({"type":"integer","not":{"minimum":3}})"), R"({"a":4})") ==
          "<nil>: Invalid value: \"\": \"a\" must not validate the schema (not)\n");
}

TEST_CASE("what did not change is forgiven") {
    auto const s = schema_of(R"({"type":"object","properties":{"a":{"type":"integer","maximum":5},
        "b":{"type":"integer"},"l":{"type":"array","x-kubernetes-list-type":"map",
        "x-kubernetes-list-map-keys":["k"],
        "items":{"type":"object","required":["k"],
        "properties":{"k":{"type":"string"},"n":{"maximum":5}}}}}})");
    CHECK(updated(s, R"({"a":9,"b":2})", R"({"a":9,"b":1})").empty());
    CHECK(updated(s, R"({"a":8})", R"({"a":9})") ==
          "a: Invalid value: 8: a in body should be less than or equal to 5\n");
    CHECK(updated(s, R"({"l":[{"k":"x","n":9},{"k":"y"}]})", R"({"l":[{"k":"x","n":9}]})").empty());
}

TEST_CASE("equal elements of sets and maps are told once") {
    auto const list_errors = [](object::document_schema const& s, char const* document) {
        auto errors = api::field_errors();
        api::check_list_types(s, boost::json::parse(document), "", errors);
        return told(errors);
    };
    auto const set = with(R"({"type":"array","x-kubernetes-list-type":"set","items":{"type":"integer"}})");
    CHECK(list_errors(set, R"({"a":[1,2,1,1]})") == "a[2]: Duplicate value: 1\n");
    CHECK(list_errors(set, R"({"a":[1,1.0]})").empty());
    auto const map = with(R"({"type":"array","x-kubernetes-list-type":"map",
        "x-kubernetes-list-map-keys":["p","q"],"items":{"type":"object"}})");
    CHECK(list_errors(map, R"({"a":[{"p":1,"q":"x"},{"q":"x","p":1,"r":2}]})") ==
          "a[1]: Duplicate value: {\"p\":1,\"q\":\"x\"}\n");
}

TEST_CASE("embedded objects must be some") {
    auto const embedded_errors = [](char const* document) {
        auto errors = api::field_errors();
        api::check_embedded(with(R"({"type":"object","x-kubernetes-embedded-resource":true})"),
                            boost::json::parse(document), "", errors);
        return told(errors);
    };
    CHECK(embedded_errors(R"({"a":{"apiVersion":"v1","kind":"K","metadata":{"name":"n"}}})").empty());
    CHECK(embedded_errors(R"({"a":{"kind":""}})") ==
          "a.apiVersion: Required value\na.kind: Invalid value: \"\": must not be empty\n");
    CHECK(embedded_errors(R"({"a":{"apiVersion":"a/b/c","kind":"K"}})") ==
          "a.apiVersion: Invalid value: \"a/b/c\": unexpected GroupVersion string: a/b/c\n");
}
