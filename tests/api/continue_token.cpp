/// \file
/// Tokens of lists: what is encoded is decoded, and what was tampered with is refused.

#include <berth/api/continue_token.hpp>
#include <berth/core/random.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;
using api::continue_token;

namespace {

auto token_of(std::string const& json) -> std::string { return base64_encode(json); }
auto refusal(std::string const& json) -> std::string {
    auto const t = continue_token::decode(token_of(json));
    return t ? std::string() : t.error().message;
}

} // namespace

TEST_CASE("a token is decoded as it was encoded, and is safe in a URL") {
    for (auto const& start : {std::string("x"), std::string("bay/x\0", 6), std::string("a\"b\\ä"),
                              std::string(300, '~'), std::string("?~?~>>>")}) {
        auto const text = continue_token{42, start}.encode();
        CHECK(text.find_first_of("+/=") == std::string::npos);
        auto const back = continue_token::decode(text);
        REQUIRE(back);
        CHECK(back->revision == 42);
        CHECK(back->start == start);
    }
    CHECK(continue_token::decode(continue_token{-1, "x"}.encode())->revision == -1);
}

TEST_CASE("a token that does not hold is refused with the reason") {
    CHECK(
        refusal(R"({"v":"meta.k8s.io/v2","rv":1,"start":"x"})").ends_with("encoded version meta.k8s.io/v2"));
    CHECK(refusal(R"({"v":"meta.k8s.io/v1","rv":1})").ends_with("start key empty (version meta.k8s.io/v1)"));
    CHECK(refusal(R"({"v":"meta.k8s.io/v1","start":"x"})").find("resourceVersion") != std::string::npos);
    CHECK(refusal(R"({"v":"meta.k8s.io/v1","rv":"1","start":"x"})").find("resourceVersion") !=
          std::string::npos);
    for (auto const* start : {"/x", "../x", "a/../b", "a/.."}) {
        CAPTURE(start);
        CHECK_FALSE(
            refusal(R"({"v":"meta.k8s.io/v1","rv":1,"start":")" + std::string(start) + "\"}").empty());
    }
    CHECK(refusal(R"({"v":"meta.k8s.io/v1","rv":1,"start":"a..b"})").empty());
    for (auto const* json : {"", "[]", "1", "{", "{\"v\":1}", "null"}) {
        CAPTURE(json);
        CHECK_FALSE(refusal(json).empty());
    }
    CHECK(continue_token::decode("!!").error().code == error_code::bad_request);
    auto draw = berth::random_engine(1);
    for (auto i = 0; i < 2'000; ++i) {
        auto text = continue_token{7, "bay/boat"}.encode();
        text[draw.below(text.size())] = static_cast<char>(draw.below(256));
        (void)continue_token::decode(text);
    }
}
