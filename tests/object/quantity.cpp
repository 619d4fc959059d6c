/// \file
/// Quantities are exact, keep their notation, and follow Kubernetes where it is odd.

#include <berth/object/quantity.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::object::literals;
using object::quantity;
using object::quantity_format;

namespace {

auto of(std::string_view text) -> quantity {
    auto q = quantity::parse(text);
    INFO(text);
    REQUIRE(q);
    return *std::move(q);
}

auto canonical(std::string_view text) -> std::string { return of(text).to_string(); }

/// A text that may be a quantity: digits, perhaps a point, perhaps a suffix.
auto random_text(std::mt19937_64& random) -> std::string {
    static constexpr std::string_view suffixes[] = {"",   "n",  "u",  "m",   "k",   "M",   "G",  "T",
                                                    "P",  "E",  "Ki", "Mi",  "Gi",  "Ti",  "Pi", "Ei",
                                                    "e3", "E3", "e0", "e-3", "e+2", "E-9", "e1"};
    auto out = std::string(random() % 4 == 0 ? "-" : "");
    for (auto n = 1 + random() % 12; n > 0; --n) out += static_cast<char>('0' + random() % 10);
    if (random() % 3 == 0) {
        out += '.';
        for (auto n = random() % 6; n > 0; --n) out += static_cast<char>('0' + random() % 10);
    }
    return out += suffixes[random() % std::size(suffixes)];
}

} // namespace

static_assert(sizeof(quantity) == 16);
static_assert(quantity().is_zero());
static_assert("1Gi"_quantity == "1024Mi"_quantity);
static_assert("250m"_quantity == quantity::of_milli(250));
static_assert("999m"_quantity < "1"_quantity && "1k"_quantity < "1Ki"_quantity);
static_assert("4Ki"_quantity.whole() == 4096);

TEST_CASE("a quantity is written with the largest suffix that needs no fraction") {
    CHECK(canonical("1.5") == "1500m");
    CHECK(canonical("1000m") == "1");
    CHECK(canonical("2000") == "2k");
    CHECK(canonical("1.5Gi") == "1536Mi");
    CHECK(canonical("1024Mi") == "1Gi");
    CHECK(canonical("1e3") == "1e3");
    CHECK(canonical("1500e3") == "1500e3");
    CHECK(canonical("0.5Ki") == "512");
    CHECK(canonical("0Gi") == "0");
    CHECK(canonical("0.1n") == "1n");
    CHECK(canonical("-0.1n") == "-1n");
}

TEST_CASE("a text that Kubernetes takes as it is stays until the amount changes") {
    for (auto const* const text : {"+5", "007", "1.024k", "1E3", "1e+3", "+4.Ki", "12.500"})
        CHECK(canonical(text) == text);
    CHECK((of("+5") + of("1")).to_string() == "6");
    CHECK(canonical("1.50") == "1500m");
    auto const kept = of("+5");
    auto copy = kept;
    auto const moved = std::move(copy);
    CHECK(moved.to_string() == "+5");
}

TEST_CASE("values round away from zero") {
    CHECK(of("1m").value() == 1);
    CHECK(of("-1m").value() == -1);
    CHECK(of("1500u").milli_value() == 2);
    CHECK(of("100m").milli_value() == 100);
    CHECK(of("2Gi").value() == 2147483648);
    CHECK(of("3").scaled_value(-6) == 3'000'000);
    CHECK(of("1.1").whole() == std::nullopt);
    CHECK(of("3k").whole() == 3000);
}

TEST_CASE("a sum has the format of its left side, or of the right if the left is zero") {
    CHECK((of("1Gi") + of("1G")).to_string() == "2073741824");
    CHECK((of("1Gi") + of("1024")).to_string() == "1048577Ki");
    CHECK((of("0") + of("1Gi")).to_string() == "1Gi");
    CHECK((of("1") - of("100m")).to_string() == "900m");
    CHECK((-of("1Gi")).to_string() == "-1Gi");
    CHECK((of("0") - of("1e3")).format() == quantity_format::decimal_exponent);
}

TEST_CASE("sums beyond 64 bits are exact") {
    auto sum = of("9223372036854775807");
    sum += of("1");
    CHECK(sum.to_string() == "9223372036854775808");
    sum -= of("1n");
    CHECK(sum.to_string() == "9223372036854775807999999999n");
    CHECK(sum > of("9223372036854775807"));
    sum += of("1n");
    sum -= of("9223372036854775808");
    CHECK(sum == quantity());
}

TEST_CASE("binary amounts beyond 2^63-1 are capped") {
    CHECK(canonical("8Ei") == "9223372036854775807");
    CHECK(canonical("-100Ei") == "-9223372036854775807");
}

TEST_CASE("what is no quantity is refused in the words of Kubernetes") {
    auto const shape =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    for (auto const* const text : {"", "1 ", "1.2.3", "NaN", "1_000", "500Zi", "1e1.5", "é", "1Mb"}) {
        INFO(text);
        REQUIRE_FALSE(quantity::parse(text));
        CHECK(quantity::parse(text).error().message == shape);
    }
    for (auto const* const text : {"1K", "1e", "1mi", "1ki", "e", "1e99999999999999999999", "1e5000"}) {
        INFO(text);
        REQUIRE_FALSE(quantity::parse(text));
        CHECK(quantity::parse(text).error().message == "unable to parse quantity's suffix");
    }
    CHECK(quantity::parse(".Ei").error().message == "unable to parse numeric part of quantity");
    CHECK_FALSE(quantity::parse(std::string(5000, '9')));
}

TEST_CASE("equality is of amounts, not of texts") {
    CHECK(of("1000m") == of("1"));
    CHECK(of("1Ki") == of("1024"));
    CHECK_FALSE(same_text(of("1Ki"), of("1024")));
    CHECK(of("1e4000") > of("1e3999"));
    CHECK(of("-1e4000") < of("1n"));
    CHECK(of("0E") == of("0n"));
}

TEST_CASE("texts, sums and comparisons of random quantities agree with each other") {
    auto random = std::mt19937_64(20'251'123);
    for (auto i = 0; i < 20'000; ++i) {
        auto const a_text = random_text(random);
        auto const b_text = random_text(random);
        INFO(a_text << " and " << b_text);
        auto const a = of(a_text);
        auto const b = of(b_text);
        auto const text = a.to_string();
        REQUIRE(of(text) == a);
        REQUIRE(of(text).to_string() == text);
        REQUIRE((a + b) - b == a);
        REQUIRE(a + b == b + a);
        REQUIRE(((a - b).sign() <=> 0) == (a <=> b));
        REQUIRE(-(a - b) == b - a);
        auto padded = a_text;
        padded.insert(a_text[0] == '-' ? 1 : 0, "00");
        REQUIRE(of(padded) == a);
        REQUIRE((of(padded) + quantity()).to_string() == (a + quantity()).to_string());
    }
}

TEST_CASE("quantities in JSON are strings, and may be numbers") {
    using traits = object::scalar_traits<quantity>;
    auto text = std::string();
    traits::write(of("1.5"), text);
    CHECK(text == "\"1500m\"");
    auto token = object::scalar_token{};
    CHECK(traits::read(token)->is_zero());
    token.type = object::scalar_token::kind::real;
    token.real = 0.1;
    CHECK(traits::read(token)->to_string() == "100m");
    token.type = object::scalar_token::kind::text;
    token.text = " 2Gi\n";
    CHECK(traits::read(token)->to_string() == "2Gi");
    token.type = object::scalar_token::kind::boolean;
    CHECK_FALSE(traits::read(token));
}
