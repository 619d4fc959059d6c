/// \file
/// Structured selectors.

#include <berth/object/label_selector.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto expression(std::string op, std::vector<std::string> values) -> object::label_selector {
    auto s = object::label_selector();
    auto& r = s.match_expressions.emplace_back();
    r.key = "app";
    r.operator_ = std::move(op);
    r.values = std::move(values);
    return s;
}
auto labels(std::string value) -> object::string_map {
    auto out = object::string_map();
    out["app"] = std::move(value);
    return out;
}

} // namespace

TEST_CASE("all conditions must hold") {
    auto s = expression("In", {"web", "api"});
    s.match_labels["app"] = "web";
    auto const selector = object::to_selector(s);
    REQUIRE(selector.has_value());
    CHECK(selector->matches(labels("web")));
    CHECK_FALSE(selector->matches(labels("api")));
}

TEST_CASE("an empty selector matches everything, an absent one nothing") {
    CHECK(object::to_selector(object::label_selector())->matches(object::string_map()));
    CHECK_FALSE(object::to_selector(object::boxed<object::label_selector>())->matches(object::string_map()));
}

TEST_CASE("labels are there, not there, or none of several") {
    CHECK(object::to_selector(expression("Exists", {}))->matches(labels("x")));
    CHECK(object::to_selector(expression("DoesNotExist", {}))->matches(object::string_map()));
    CHECK(object::to_selector(expression("NotIn", {"web"}))->matches(labels("api")));
    CHECK_FALSE(object::to_selector(expression("NotIn", {"web"}))->matches(labels("web")));
}

TEST_CASE("an operator that is none is refused by its name") {
    auto const refused = object::to_selector(expression("Gt", {"1"}));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == error_code::bad_request);
    CHECK(refused.error().message == "\"Gt\" is not a valid label selector operator");
}

TEST_CASE("a selector is shown as kubectl shows it") {
    CHECK(shown(object::label_selector()) == "<none>");
    CHECK(shown(expression("Gt", {"1"})) == "<error>");
    CHECK(shown(expression("In", {"web", "api"})) == "app in (api,web)");
}
