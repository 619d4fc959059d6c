/// \file
/// Documents made to fit their schema.

#include <berth/object/prune.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;

namespace {

struct fitted {
    std::string text;
    std::vector<std::string> gone;
};

auto schema_of(char const* text) -> object::document_schema {
    return object::document_schema::read(boost::json::parse(text).get_object());
}

auto pruned(char const* schema, char const* document) -> fitted {
    auto value = boost::json::parse(document);
    auto gone = object::told_paths();
    object::prune(value.get_object(), schema_of(schema), gone);
    return {boost::json::serialize(value), std::move(gone).paths()};
}

auto filled(char const* schema, char const* document) -> std::string {
    auto value = boost::json::parse(document);
    object::drop_nulls(value, schema_of(schema));
    object::fill_defaults(value, schema_of(schema));
    return boost::json::serialize(value);
}

} // namespace

TEST_CASE("what the schema does not describe goes, and is told") {
    auto const out = pruned(R"({"type":"object","properties":{"spec":{"type":"object","properties":{
                                "a":{"type":"object"},"l":{"type":"array","items":{"type":"object"}}}}}})",
                            R"({"kind":"K","metadata":{"x":1},"spec":{"a":{"b":1},"c":2,"l":[{"d":3}]}})");
    CHECK(out.text == R"({"kind":"K","metadata":{"x":1},"spec":{"a":{},"l":[{}]}})");
    CHECK(out.gone == std::vector<std::string>{"spec.a.b", "spec.c", "spec.l[0].d"});
}

TEST_CASE("what preserves the unknown keeps it, and prunes what it describes") {
    auto const out = pruned(R"({"type":"object","properties":{"spec":{"type":"object",
        "x-kubernetes-preserve-unknown-fields":true,"properties":{"shut":{"type":"object"}}}}})",
                            R"({"spec":{"free":{"x":1},"shut":{"y":2}}})");
    CHECK(out.text == R"({"spec":{"free":{"x":1},"shut":{}}})");
}

TEST_CASE("values of free keys are pruned by their schema, and to nothing without one") {
    CHECK(pruned(R"({"type":"object","properties":{"m":{"type":"object","additionalProperties":true}}})",
                 R"({"m":{"k":{"a":1},"n":2}})")
              .text == R"({"m":{"k":{},"n":2}})");
}

TEST_CASE("an embedded object keeps what makes it one") {
    CHECK(pruned(R"({"type":"object","properties":{"t":{"type":"object","x-kubernetes-embedded-resource":true,
                     "properties":{"spec":{"type":"object"}}}}})",
                 R"({"t":{"kind":"K","apiVersion":"v1","metadata":{"name":"n"},"spec":{},"x":1}})")
              .text == R"({"t":{"kind":"K","apiVersion":"v1","metadata":{"name":"n"},"spec":{}}})");
}

TEST_CASE("defaults come where nothing is, or a null that may not be") {
    constexpr auto schema = R"({"type":"object","properties":{
        "a":{"type":"integer","default":1},"b":{"type":"integer"},
        "c":{"type":"integer","nullable":true,"default":3},
        "d":{"type":"object","default":{},"properties":{"e":{"type":"string","default":"x"}}}}})";
    CHECK(filled(schema, "{}") == R"({"a":1,"c":3,"d":{"e":"x"}})");
    CHECK(filled(schema, R"({"a":null,"b":null,"c":null,"d":{"e":"y"}})") ==
          R"({"a":1,"c":null,"d":{"e":"y"}})");
}
