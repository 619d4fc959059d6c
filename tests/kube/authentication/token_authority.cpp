/// \file
/// Who issues tokens, and knows them again.

#include "token_desk.hpp"

#include <berth/core/base64url.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto claims() -> kube::token_claims {
    auto c = kube::token_claims{};
    c.subject = "somebody";
    c.audiences = {"x"};
    return c;
}

/// A token with these parts.
auto joined(std::string_view header, std::string_view body, std::string_view signature) -> std::string {
    return base64url_encode(header) + "." + base64url_encode(body) + "." + base64url_encode(signature);
}

constexpr std::string_view ours = R"({"iss":"https://kubernetes.default.svc","sub":"somebody"})";

} // namespace

TEST_CASE("an authority knows what it has issued") {
    auto const by = digest_authority();
    auto const token = by.issue(claims()).value();
    CHECK(token.starts_with(base64url_encode(R"({"alg":"D256","kid":"key"})") + "."));
    auto wanted = claims();
    wanted.issuer = "https://kubernetes.default.svc";
    for (auto i = 0; i < 2; ++i) CHECK(by.read(token).value() == wanted); // also when it is remembered
    auto kept = claims();
    kept.kept_in = "s";
    CHECK(by.read(by.issue(kept).value()).value()->issuer == "kubernetes/serviceaccount");
}

TEST_CASE("tokens of others are not its business") {
    auto const by = digest_authority();
    auto const foreign = digest_authority("key", {.issuer = "https://elsewhere"});
    for (auto const& token : {std::string("nonsense"), std::string(), std::string("a.b.c"), std::string(".."),
                              std::string("a.b"), joined("{}", "[]", ""), joined("{}", "{}", ""),
                              joined("{}", R"({"iss":7})", ""), foreign.issue(claims()).value(),
                              "x" + foreign.issue(claims()).value(), by.issue(claims()).value() + ".x"})
        CHECK(by.read(token).value() == std::nullopt);
    CHECK(kube::token_authority().read(by.issue(claims()).value()).value() == std::nullopt);
}

TEST_CASE("a token that says it is the authority's must be") {
    auto const by = digest_authority();
    auto const token = by.issue(claims()).value();
    auto const refusal = [&](std::string const& t) {
        auto const read = by.read(t);
        return read                                            ? std::string("read")
               : read.error().code == error_code::unauthorized ? read.error().message
                                                               : "?";
    };
    constexpr auto bent = "go-jose/go-jose: error in cryptographic primitive";
    CHECK(refusal(token + "x") == bent);
    CHECK(refusal(token.substr(0, token.rfind('.') + 1)) == bent);
    CHECK(refusal(digest_authority("other").issue(claims()).value()) == bent);
    CHECK(refusal(joined(R"({"alg":"none"})", ours, "")) == bent);
    CHECK(refusal(joined("nonsense", ours, "")) == "invalid bearer token");
    CHECK(refusal("x" + token) == "invalid bearer token");
}

TEST_CASE("without a key there are no tokens") {
    auto const none = kube::token_authority();
    CHECK_FALSE(none);
    CHECK(none.issue(claims()).error().code == error_code::unavailable);
    CHECK(none.new_id().empty());
}

TEST_CASE("ids differ, and an authority is for its issuer unless it says for whom") {
    auto const by = digest_authority();
    CHECK(by.new_id() != by.new_id());
    CHECK(by.new_id().size() == 36);
    CHECK(by.options().audiences == std::vector<std::string>{"https://kubernetes.default.svc"});
    CHECK(digest_authority("k", {.audiences = {"api"}}).options().audiences ==
          std::vector<std::string>{"api"});
    CHECK(by.key().key_id == "key");
}

TEST_CASE("more tokens than are remembered are read all the same") {
    auto const by = digest_authority();
    auto first = std::string();
    for (auto i = 0; i < 3000; ++i) {
        auto c = claims();
        c.id = std::to_string(i);
        auto const token = by.issue(c).value();
        if (first.empty()) first = token;
        REQUIRE(by.read(token).value()->id == c.id);
    }
    CHECK(by.read(first).value()->id == "0");
}
