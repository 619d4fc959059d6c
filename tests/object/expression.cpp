/// \file
/// Regular expressions in linear time, with the complaints of Go.

#include <berth/object/expression.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

TEST_CASE("an expression matches anywhere unless it is anchored") {
    CHECK(object::expression("b+").matches("abbc"));
    CHECK(object::expression("^[a-z]+$").matches("abc"));
    CHECK_FALSE(object::expression("^[a-z]+$").matches("aBc"));
    CHECK(object::expression(R"(^\d{3}(?:-\d+)?$)").matches("123-4"));
    CHECK(object::expression("").matches(""));
}

TEST_CASE("what is no expression is told in the words of Go, and matches nothing") {
    auto const problem = [](std::string_view pattern) { return object::expression(pattern).problem(); };
    CHECK(problem("^(?!a)b$") == "error parsing regexp: invalid or unsupported Perl syntax: `(?!`");
    CHECK(problem("a(b") == "error parsing regexp: missing closing ): `a(b`");
    CHECK(problem("*a") == "error parsing regexp: missing argument to repetition operator: `*`");
    CHECK(problem("[a") == "error parsing regexp: missing closing ]: `[a`");
    CHECK(problem("[a-z]+").empty());
    CHECK_FALSE(object::expression("(").matches("("));
}

TEST_CASE("no expression makes a text cost more than its length") {
    auto const nested = object::expression("^(a+)+$");
    CHECK_FALSE(nested.matches(std::string(100'000, 'a') + "b"));
    CHECK(nested.matches(std::string(100'000, 'a')));
}

TEST_CASE("expressions that Go takes are not too large, and those that are not are refused") {
    for (auto const* large : {"^[\\p{L}\\p{N}]{1,280}$", "^(.{0,63}\\.){0,4}[\\p{Lu}\\p{Han}]{1,250}$"}) {
        CAPTURE(large);
        CHECK(object::expression(large).problem().empty());
    }
    CHECK(object::expression("^[\\p{L}]{3,250}$").matches("\u00e4bc"));
    CHECK(object::expression("a{1001}").problem() == "error parsing regexp: invalid repeat count: `{1001}`");
    CHECK_FALSE(object::expression("((a{100}){100}){100}").problem().empty());
}
