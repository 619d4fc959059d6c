/// \file
/// The merge patch between two documents.

#include <berth/object/json_diff.hpp>
#include <berth/object/merge_patch.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

namespace json = boost::json;

auto between(std::string_view from, std::string_view to) -> std::string {
    auto const a = json::parse(from).as_object();
    auto const b = json::parse(to).as_object();
    auto const patch = object::merge_patch_between(a, b);
    auto const patched = object::apply_merge_patch(a, patch);
    REQUIRE(patched.has_value());
    CHECK(*patched == json::value(b));
    return json::serialize(patch);
}

} // namespace

TEST_CASE("equal documents need no patch") {
    CHECK(between(R"({"a":{"b":[1]}})", R"({"a":{"b":[1]}})") == "{}");
}

TEST_CASE("what is gone is null, what is new or different is told") {
    CHECK(between(R"({"a":1,"b":2})", R"({"b":3,"c":4})") == R"({"a":null,"b":3,"c":4})");
}

TEST_CASE("objects are compared inside, arrays as a whole") {
    CHECK(between(R"({"a":{"x":1,"y":2}})", R"({"a":{"x":1,"y":3}})") == R"({"a":{"y":3}})");
    CHECK(between(R"({"a":[1,2]})", R"({"a":[1,3]})") == R"({"a":[1,3]})");
}

TEST_CASE("an object takes the place of a value, and the other way round") {
    CHECK(between(R"({"a":1})", R"({"a":{"x":1}})") == R"({"a":{"x":1}})");
    CHECK(between(R"({"a":{"x":1}})", R"({"a":1})") == R"({"a":1})");
}
