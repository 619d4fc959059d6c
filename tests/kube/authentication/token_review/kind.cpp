/// \file
/// How reviews of tokens are answered.

#include "../token_desk.hpp"

#include <berth/kube/authentication/token_review/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using texts = std::vector<std::string>;
auto const by = digest_authority();

auto token() -> std::string {
    auto c = kube::token_claims{};
    c.subject = "system:serviceaccount:default:robot";
    c.audiences = {"vault"};
    c.namespace_ = "default";
    c.account = {"robot", "uid-of-robot"};
    return by.issue(c).value();
}

auto ask(std::string token, texts audiences, bool broken = false) -> result<kube::token_review> {
    auto desk = token_desk();
    desk.knows(make_account("robot"));
    if (broken) desk.breaks();
    auto r = kube::token_review();
    r.metadata.name = "x";
    r.spec.token = std::move(token);
    r.spec.audiences = std::move(audiences);
    auto said = kube::review_token(by, r, desk.world());
    if (!said) return std::unexpected(std::move(said).error());
    return said->as<kube::token_review>();
}

} // namespace

TEST_CASE("a review tells whose a token is, and for whom of those asked about") {
    auto const said = ask(token(), {"other", "vault"}).value();
    CHECK(said.metadata.name == "x");
    CHECK(said.status.authenticated);
    CHECK(said.status.user.username == "system:serviceaccount:default:robot");
    CHECK(said.status.user.uid == "uid-of-robot");
    CHECK(said.status.audiences == texts{"vault"});
    CHECK(said.status.error.empty());
}

TEST_CASE("a review tells why a token is nobody's") {
    auto const said = ask(token(), {}).value();
    CHECK_FALSE(said.status.authenticated);
    CHECK(said.status.user.username.empty());
    CHECK(said.status.error ==
          "[invalid bearer token, token audiences [\"vault\"] is invalid for the target audiences "
          "[\"https://kubernetes.default.svc\"]]");
    CHECK(ask("nonsense", {})->status.error == "invalid bearer token");
    CHECK(ask("x" + token(), {})->status.error == "invalid bearer token");
    CHECK(ask(token() + "x", {})->status.error ==
          "[invalid bearer token, go-jose/go-jose: error in cryptographic primitive]");
}

TEST_CASE("a review needs a token, and a world to look at") {
    CHECK(ask("", {}).error().message == "token is required for TokenReview in authentication");
    CHECK(ask(token(), {"vault"}, true).error().code == error_code::unavailable);
}

TEST_CASE("without an authority nobody knows any token") {
    auto const k = kube::token_review_kind();
    auto r = kube::token_review();
    r.spec.token = token();
    auto const world = api::admission_world();
    auto const who = api::identity();
    CHECK(k.review(r, {world, who, new_year})->as<kube::token_review>().status.error ==
          "invalid bearer token");
    CHECK(api::kind(k).has_verb(api::verb::create));
    CHECK_FALSE(api::kind(k).has_verb(api::verb::list));
}
