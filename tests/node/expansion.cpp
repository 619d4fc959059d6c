/// \file
/// Variables in commands.

#include <berth/node/expansion.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto expanded(std::string_view text) -> std::string {
    static auto const value = std::string("$(B)");
    return node::expand_variables(text, [](std::string_view name) { return name == "A" ? &value : nullptr; });
}

} // namespace

TEST_CASE("a name is replaced by its value, which is not expanded again") {
    CHECK(expanded("x $(A) y") == "x $(B) y");
    CHECK(expanded("$(A)$(A)") == "$(B)$(B)");
}

TEST_CASE("a name without a value stays as it is written") { CHECK(expanded("$(C)") == "$(C)"); }

TEST_CASE("two dollars are one that begins nothing") {
    CHECK(expanded("$$(A)") == "$(A)");
    CHECK(expanded("$$$(A)") == "$$(B)");
}

TEST_CASE("what is no reference stays") {
    for (auto const* const text : {"", "$", "a$", "$A", "$(A", "$ (A)"}) CHECK(expanded(text) == text);
}
