/// \file
/// Counts and percentages.

#include <berth/object/int_or_string.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>

using namespace berth;
using object::int_or_string;
using object::rounding;

TEST_CASE("a number is itself, a percentage is a part of the total") {
    CHECK(int_or_string(3).scaled(10, rounding::up) == 3);
    CHECK(int_or_string("25%").scaled(10, rounding::up) == 3);
    CHECK(int_or_string("25%").scaled(10, rounding::down) == 2);
    CHECK(int_or_string("100%").scaled(7, rounding::down) == 7);
    CHECK(int_or_string("0%").scaled(7, rounding::up) == 0);
    CHECK(int_or_string("-1%").scaled(2, rounding::down) == -1);
    CHECK(scaled_or(std::nullopt, "50%", 5, rounding::up) == 3);
    CHECK(scaled_or(int_or_string(1), "50%", 5, rounding::up) == 1);
}

TEST_CASE("a text that is no percentage is refused in the words of Kubernetes") {
    CHECK(int_or_string("x").scaled(1, rounding::up).error().message ==
          "invalid value for IntOrString: invalid type: string is not a percentage");
    CHECK(int_or_string("1.5%").scaled(1, rounding::up).error().message ==
          "invalid value for IntOrString: invalid value \"1.5%\": strconv.Atoi: parsing \"1.5\": "
          "invalid syntax");
    CHECK(int_or_string("99999999999999999999%")
              .scaled(1, rounding::up)
              .error()
              .message.ends_with("value out of range"));
    CHECK(int_or_string("9000000000000000000%").scaled(9'000'000'000'000'000'000, rounding::up) ==
          std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("numbers and texts keep their form in JSON") {
    using traits = object::scalar_traits<int_or_string>;
    auto text = std::string();
    traits::write(int_or_string(8080), text);
    traits::write(int_or_string("htt\"p"), text);
    CHECK(text == R"(8080"htt\"p")");
    auto token = object::scalar_token{};
    token.type = object::scalar_token::kind::integer;
    token.integer = 5;
    CHECK(traits::read(token) == int_or_string(5));
    token.integer = 1LL << 40;
    CHECK_FALSE(traits::read(token));
    CHECK(int_or_string(7).to_string() == "7");
    CHECK(int_or_string("7").text() == "7");
    CHECK_FALSE(int_or_string("7") == int_or_string(7));
}
