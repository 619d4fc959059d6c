/// \file
/// Structural schemas as they are read.

#include <berth/object/document_schema.hpp>

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto read(char const* text) -> object::document_schema {
    return object::document_schema::read(boost::json::parse(text).get_object());
}

} // namespace

TEST_CASE("keywords become what they say") {
    auto const s = read(R"({"type":"object","required":["a"],"properties":{
        "a":{"type":"integer","format":"int32","minimum":1,"exclusiveMinimum":true,"default":2},
        "b":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],
             "items":{"type":"object","properties":{"k":{"type":"string","pattern":"^x"}}}},
        "c":{"x-kubernetes-int-or-string":true},
        "d":{"type":"object","additionalProperties":{"type":"string","nullable":true}}}})");
    CHECK(s.has_type("object"));
    CHECK(s.required.front() == "a");
    auto const* const a = s.property("a");
    REQUIRE(a != nullptr);
    CHECK(a->minimum == 1.0);
    CHECK(a->above_minimum);
    CHECK(a->fallback == boost::json::value(2));
    auto const* const b = s.property("b");
    REQUIRE(b != nullptr);
    CHECK(b->topology == object::merge_topology::map);
    CHECK(b->items->property("k")->matcher->matches("xy"));
    CHECK(s.property("c")->types.size() == 2);
    CHECK(s.property("d")->additional->nullable);
    CHECK(s.property("e") == nullptr);
}

TEST_CASE("formats that nobody knows say nothing") {
    CHECK(read(R"({"type":"string","format":"hue"})").format.empty());
}
