/// \file
/// Selectors over the objects of a kind; what the description of a kind offers them.

#include "kinds.hpp"

#include <berth/api/selection.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>

using namespace yard;

namespace {

auto matches(std::string_view labels, std::string_view fields) -> bool {
    static auto const k = api::kind(boat_kind());
    auto b = make_boat("red", "blue");
    b.metadata.labels["app"] = "x";
    auto const s = api::selection::parse(k, labels, fields);
    REQUIRE(s);
    return s->matches(object::any_object(b));
}

} // namespace

TEST_CASE("an object must match labels and fields") {
    CHECK(matches("", ""));
    CHECK(matches("app=x", ""));
    CHECK(matches("app in (x,y),!other", "spec.color=blue,metadata.name!=green"));
    CHECK_FALSE(matches("app=y", "spec.color=blue"));
    CHECK_FALSE(matches("app=x", "spec.color=red"));
    CHECK_FALSE(matches("", "metadata.namespace=sea"));
}

TEST_CASE("a selection knows what every match must be") {
    auto const k = api::kind(boat_kind());
    CHECK(api::selection::parse(k, "", "")->all());
    CHECK_FALSE(api::selection::parse(k, "a", "")->all());
    auto const s = api::selection::parse(k, "", "metadata.name=red,spec.color!=x");
    CHECK_FALSE(s->all());
    CHECK(s->required("metadata.name") == "red");
    CHECK(s->required("spec.color").empty());
}

TEST_CASE("selectors that are malformed or name unknown fields are refused") {
    auto const k = api::kind(boat_kind());
    auto const plain = api::kind(ferry_kind());
    CHECK(api::selection::parse(k, "a=(", "").error().code == error_code::bad_request);
    CHECK(api::selection::parse(k, "", "spec.color").error().code == error_code::bad_request);
    CHECK(api::selection::parse(k, "", "spec.wings=2").error().message ==
          "field label not supported: spec.wings");
    CHECK(api::selection::parse(plain, "", "spec.wings=2").error().message ==
          "\"spec.wings\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
}
