/// \file
/// Field selectors read, match and print as those of Kubernetes.

#include <berth/object/field_selector.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <utility>

using namespace berth;
using object::field_selector;

namespace {

auto of(std::string_view text) -> field_selector {
    auto s = field_selector::parse(text);
    INFO(text);
    REQUIRE(s);
    return *std::move(s);
}

auto value_of(std::string_view field) -> std::string_view {
    if (field == "metadata.name") return "web";
    if (field == "status.phase") return "Running";
    if (field == "odd") return "a,b=c\\d";
    return "";
}

} // namespace

TEST_CASE("all conditions must hold; an absent field is the empty text") {
    CHECK(of("").matches(value_of));
    CHECK(of("metadata.name=web").matches(value_of));
    CHECK(of("metadata.name==web,status.phase!=Failed").matches(value_of));
    CHECK(of("spec.nodeName=").matches(value_of));
    CHECK(of("spec.nodeName!=n1").matches(value_of));
    CHECK_FALSE(of("metadata.name=web,status.phase=Failed").matches(value_of));
    CHECK_FALSE(of("spec.nodeName!=").matches(value_of));
}

TEST_CASE("commas, equal signs and backslashes of a value are escaped") {
    auto const s = of(R"(odd=a\,b\=c\\d)");
    CHECK(s.matches(value_of));
    CHECK(s.requirements().front().value == R"(a,b=c\d)");
    CHECK(s.to_string() == R"(odd=a\,b\=c\\d)");
    CHECK(of(s.to_string()) == s);
}

TEST_CASE("the text form is ordered, and an index may ask for the required value") {
    auto const s = of("b==2,,a!=1");
    CHECK(s.to_string() == "a!=1,b=2");
    CHECK(s.required_value("b") == "2");
    CHECK(s.required_value("a") == std::nullopt);
    CHECK(of(",").empty());
}

TEST_CASE("what cannot be understood is refused in the words of Kubernetes") {
    CHECK(field_selector::parse("a=1,b").error().message ==
          "invalid selector: 'a=1,b'; can't understand 'b'");
    CHECK(field_selector::parse("a=1=2").error().message ==
          "invalid field selector: unescaped character in value: 61");
    CHECK(field_selector::parse(R"(a=\x)").error().message ==
          R"(invalid field selector: invalid escape sequence: \x)");
    CHECK(field_selector::parse("a=\\").error().message ==
          "invalid field selector: invalid escape sequence: \\");
}
