/// \file
/// The rules for names, and that predicate and messages agree.

#include <berth/object/names.hpp>

#include <catch2/catch_test_macros.hpp>

#include <random>
#include <string>
#include <string_view>

using namespace berth::object;

static_assert(is_dns1123_label("web-1") && !is_dns1123_label("Web") && !is_dns1123_label("a.b"));
static_assert(is_dns1123_subdomain("a.b-c.d1") && !is_dns1123_subdomain("a..b") &&
              !is_dns1123_subdomain("-a"));
static_assert(is_dns1035_label("a1") && !is_dns1035_label("1a") && !is_dns1035_label(""));
static_assert(is_qualified_name("example.com/Name_1.x") && !is_qualified_name("a/b/c") &&
              !is_qualified_name("/x"));
static_assert(is_label_value("") && is_label_value("A_b.c-1") && !is_label_value("-a"));
static_assert(is_config_key("a.b") && !is_config_key("..") && !is_config_key("..a") && is_config_key("a.."));
static_assert(is_environment_name("-A") && !is_environment_name("1A") && !is_environment_name("."));
static_assert(is_wildcard_subdomain("*.a.b") && !is_wildcard_subdomain("*a.b") &&
              !is_wildcard_subdomain("*.*.a"));
static_assert(is_http_header_name("X-A") && !is_http_header_name("X_A"));

TEST_CASE("a predicate holds exactly if there are no problems") {
    auto random = std::mt19937(7);
    for (auto i = 0; i < 50'000; ++i) {
        constexpr auto alphabet = std::string_view("ab1Z-_./*%% ");
        auto text = std::string();
        auto const size = i % 100 == 0 ? 60 + random() % 200 : random() % 8;
        for (auto n = size; n > 0; --n) text += size > 8 ? 'a' : alphabet[random() % alphabet.size()];
        INFO(text);
        REQUIRE(is_dns1123_label(text) == dns1123_label_problems(text).empty());
        REQUIRE(is_dns1123_subdomain(text) == dns1123_subdomain_problems(text).empty());
        REQUIRE(is_dns1035_label(text) == dns1035_label_problems(text).empty());
        REQUIRE(is_wildcard_subdomain(text) == wildcard_subdomain_problems(text).empty());
        REQUIRE(is_qualified_name(text) == qualified_name_problems(text).empty());
        REQUIRE(is_label_value(text) == label_value_problems(text).empty());
        REQUIRE(is_config_key(text) == config_key_problems(text).empty());
        REQUIRE(is_environment_name(text) == environment_name_problems(text).empty());
        REQUIRE(is_http_header_name(text) == http_header_name_problems(text).empty());
        REQUIRE(is_port_name(text) == port_name_problems(text).empty());
    }
}

TEST_CASE("problems are told one by one") {
    CHECK(dns1123_label_problems(std::string(70, 'A')).size() == 2);
    CHECK(dns1123_label_problems("a.b") == problems{"must not contain dots"});
    CHECK(port_name_problems("--").size() == 3);
    CHECK(joined({"a", "b"}) == "a; b");
    CHECK(port_number_problems(0) == problems{"must be between 1 and 65535, inclusive"});
    CHECK(path_segment_problems("a/b%") == problems{"may not contain '/'", "may not contain '%'"});
}

TEST_CASE("the beginning of a generated name may end in a dash") {
    CHECK(is_dns1123_subdomain(without_trailing_dash("web-")));
    CHECK_FALSE(is_dns1123_subdomain(without_trailing_dash("web.")));
    CHECK(without_trailing_dash("-") == "-");
}
