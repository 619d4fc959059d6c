/// \file
/// JSON to values and back: nothing is lost, and what cannot be read is named.

#include "things.hpp"

#include <berth/object/codec.hpp>
#include <berth/object/parse.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace things;

namespace {

auto parsed(std::string_view text) -> boost::json::value {
    return boost::json::parse({text.data(), text.size()});
}

auto read(std::string_view text) -> result<body> { return object::from_json<body>(parsed(text)); }

auto complaint(std::string_view text) -> std::string {
    auto const r = read(text);
    return r ? std::string() : r.error().message;
}

} // namespace

TEST_CASE("every form of a member is read and written again") {
    constexpr auto text = std::string_view(
        R"({"flag":true,"small":-3,"large":9007199254740993,"real":0.5,"text":"a\"b\\\n\u0001ä","maybe":0,)"
        R"("rarePart":{"name":"r"},"parts":[{"name":"a","weight":2},{"name":""}],)"
        R"("namedParts":{"x":{"name":"y"}},"labels":{"a":"1","b":"2"},"words":["u","","v"],"data":"aGk=",)"
        R"("at":"2026-01-02T03:04:05Z","raw":{"any":[1,null]},"kept":0,"keptList":null,"podIP":"1.2.3.4",)"
        R"("operator":"In","inner":{"flag":true,"kept":1,"keptList":["k"]}})");
    auto const value = read(text);
    REQUIRE(value);
    CHECK(value->large == 9'007'199'254'740'993);
    CHECK(value->maybe == 0);
    CHECK(value->rare_part->name == "r");
    CHECK(value->data.data == "hi");
    CHECK(value->inner->kept_list == std::vector<std::string>{"k"});
    CHECK(object::to_json_text(*value) == text);
}

TEST_CASE("unknown members survive at every level, whatever typed code changes") {
    auto value = read(R"({"u0":1,"rarePart":{"u1":"x"},"parts":[{"name":"p","u2":[{"deep":null}]}],)"
                      R"("namedParts":{"k":{"u3":{"a":[2,"x"]}}},"inner":{"inner":{"u4":false}}})");
    REQUIRE(value);
    value->parts[0].name = "q";
    value->inner->inner->small = 4;
    CHECK(object::to_json_text(*value) ==
          R"({"rarePart":{"name":"","u1":"x"},"parts":[{"name":"q","u2":[{"deep":null}]}],)"
          R"("namedParts":{"k":{"name":"","u3":{"a":[2,"x"]}}},"kept":0,"keptList":null,)"
          R"("inner":{"kept":0,"keptList":null,"inner":)"
          R"({"small":4,"kept":0,"keptList":null,"u4":false}},"u0":1})");
    auto const again = read(object::to_json_text(*value));
    REQUIRE(again);
    CHECK(*again == *value);
}

TEST_CASE("the paths of unknown members are told in the order of the text") {
    auto d = object::decoder(object::unknown_members::drop);
    auto value = body();
    auto const json =
        parsed(R"({"z":1,"parts":[{},{"y":2}],"namedParts":{"b":{"x":1},"a":{"w":1}},"inner":{"v":{}}})");
    REQUIRE(d.decode(json, object::type_of<body>(), &value));
    CHECK(d.unknown_paths() ==
          std::vector<std::string>{"z", "parts[1].y", "namedParts.a.w", "namedParts.b.x", "inner.v"});
    CHECK_FALSE(value.unknown);
    CHECK_FALSE(value.parts[1].unknown);
}

TEST_CASE("null leaves a member as it is") {
    auto const value =
        read(R"({"flag":null,"small":null,"text":null,"maybe":null,"rarePart":null,"parts":null,)"
             R"("labels":null,"data":null,"at":null,"raw":null,"inner":null})");
    REQUIRE(value);
    CHECK(*value == body());
    CHECK(read(R"({"words":[null],"labels":{"a":null}})")->labels.get("a", "?").empty());
}

TEST_CASE("a value of another form is refused with its path") {
    CHECK(complaint(R"({"flag":1})") ==
          "json: cannot unmarshal number into Go struct field flag of type bool");
    CHECK(complaint(R"({"text":{}})") ==
          "json: cannot unmarshal object into Go struct field text of type string");
    CHECK(complaint(R"({"small":2147483648})") ==
          "json: cannot unmarshal number into Go struct field small of type int32");
    CHECK(complaint(R"({"small":1.5})") ==
          "json: cannot unmarshal number into Go struct field small of type int32");
    CHECK(complaint(R"({"large":9223372036854775808})") ==
          "json: cannot unmarshal number into Go struct field large of type int64");
    CHECK(complaint(R"({"real":"x"})") ==
          "json: cannot unmarshal string into Go struct field real of type float64");
    CHECK(complaint(R"({"parts":[{},{"weight":"x"}]})") ==
          "json: cannot unmarshal string into Go struct field parts[1].weight of type int32");
    CHECK(complaint(R"({"labels":{"a":[]}})") ==
          "json: cannot unmarshal array into Go struct field labels.a of type string");
    CHECK(complaint(R"({"inner":{"rarePart":true}})") ==
          "json: cannot unmarshal bool into Go struct field inner.rarePart of type Part");
    for (auto const* bad : {R"({"parts":{}})", R"({"labels":[]})", R"({"words":"a"})", R"({"data":"?"})",
                            R"({"data":1})", R"({"at":"noon"})", R"({"at":[]})", "[]", "1", "\"x\""}) {
        CAPTURE(bad);
        CHECK(read(bad).error().code == error_code::bad_request);
    }
}

TEST_CASE("what a strategic merge patch comes to is refused in the words of Go's converter") {
    auto const converted = [](std::string_view text) {
        auto value = body();
        auto d = object::decoder({.words = object::decoder_words::converter});
        auto const r = d.decode(parsed(text), object::type_of<body>(), &value);
        return r ? std::string() : r.error().message;
    };
    CHECK(converted(R"({"text":1})") == "cannot convert int64 to string");
    CHECK(converted(R"({"text":1.5})") == "unrecognized type: string");
    CHECK(converted(R"({"text":true})") == "unrecognized type: string");
    CHECK(converted(R"({"text":{}})") == "unrecognized type: string");
    CHECK(converted(R"({"flag":1})") == "unrecognized type: bool");
    CHECK(converted(R"({"small":"x"})") == "unrecognized type: int32");
    CHECK(converted(R"({"small":1.5})") == "cannot convert float64 to int32");
    CHECK(converted(R"({"parts":{}})") == "cannot restore slice from map");
    CHECK(converted(R"({"labels":[]})") == "cannot restore map from slice");
    CHECK(converted(R"({"inner":{"rarePart":"x"}})") == "cannot restore struct from: string");
    CHECK(converted(R"({"inner":{}})").empty());
}

TEST_CASE("a document is read without its kind and version, which are unknown members elsewhere") {
    auto const value = object::from_json_text<thing>(
        R"({"kind":"Thing","apiVersion":"test/v1","metadata":{"name":"n"},"spec":{"kind":"x","kept":2}})");
    REQUIRE(value);
    CHECK(value->metadata.name == "n");
    CHECK_FALSE(value->unknown);
    CHECK(value->spec.unknown->get("kind").text == "\"x\"");
    CHECK(object::from_json_text<thing>("{").error().code == error_code::bad_request);
    CHECK(object::from_json_text<thing>("[]").error().message == "an object must be a JSON object");
}

TEST_CASE("a big map in any order is read") {
    auto text = std::string(R"({"labels":{)");
    constexpr auto entries = 100'000;
    for (auto i = entries; i > 0; --i)
        text += '"' + std::to_string(1'000'000 + i) + (i == 1 ? R"(":"v"}})" : R"(":"v",)");
    auto const value = read(text);
    REQUIRE(value);
    CHECK(value->labels.size() == entries);
    CHECK(value->labels.at_index(0).first == "1000001");
}

TEST_CASE("many unknown members in any order are kept") {
    auto text = std::string("{");
    constexpr auto members = 100'000;
    for (auto i = members; i > 0; --i)
        text += '"' + std::to_string(1'000'000 + i) + (i == 1 ? R"(":1})" : R"(":0,)");
    auto const value = read(text);
    REQUIRE(value);
    CHECK(value->unknown->size() == members);
    CHECK(value->unknown->get("1000001").text == "1");
}
