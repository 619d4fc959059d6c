/// \file
/// What tokens say.

#include <berth/kube/authentication/token_claims.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto bound() -> kube::token_claims {
    auto c = kube::token_claims{};
    c.issuer = "https://here";
    c.subject = "system:serviceaccount:n:a";
    c.id = "id";
    c.audiences = {"x", "y\""};
    c.expiry = 30;
    c.not_before = c.issued_at = 10;
    c.namespace_ = "n";
    c.account = {"a", "u"};
    return c;
}

} // namespace

TEST_CASE("claims are written in the order of their names") {
    CHECK(kube::claims_text(bound()) ==
          R"({"aud":["x","y\""],"exp":30,"iat":10,"iss":"https://here","jti":"id",)"
          R"("kubernetes.io":{"namespace":"n",)"
          R"("serviceaccount":{"name":"a","uid":"u"}},"nbf":10,"sub":"system:serviceaccount:n:a"})");
}

TEST_CASE("a token of a secret has other words, and no end") {
    auto c = kube::token_claims{};
    c.issuer = "kubernetes/serviceaccount";
    c.subject = "system:serviceaccount:n:a";
    c.namespace_ = "n";
    c.account = {"a", "u"};
    c.kept_in = "s";
    CHECK(kube::claims_text(c) ==
          R"({"iss":"kubernetes/serviceaccount","kubernetes.io/serviceaccount/namespace":"n",)"
          R"("kubernetes.io/serviceaccount/secret.name":"s",)"
          R"("kubernetes.io/serviceaccount/service-account.name":"a",)"
          R"("kubernetes.io/serviceaccount/service-account.uid":"u","sub":"system:serviceaccount:n:a"})");
    CHECK(kube::read_claims(kube::claims_text(c)).value() == c);
}

TEST_CASE("what was written is read again") {
    auto c = bound();
    CHECK(kube::read_claims(kube::claims_text(c)).value() == c);
    c.pod = kube::claimed_object{"p", "pu"};
    c.node = kube::claimed_object{"w", ""};
    c.warn_after = 20;
    CHECK(kube::read_claims(kube::claims_text(c)).value() == c);
    c.pod.reset();
    c.node.reset();
    c.secret = kube::claimed_object{"s", "su"};
    CHECK(kube::read_claims(kube::claims_text(c)).value() == c);
}

TEST_CASE("claims of others are read as far as they make sense") {
    auto const c =
        kube::read_claims(R"({"aud":"one","exp":12.9,"iat":"never","iss":5,"nbf":1e300,"jti":null})").value();
    CHECK(c.audiences == std::vector<std::string>{"one"});
    CHECK(c.expiry == 12);
    CHECK_FALSE(c.issued_at);
    CHECK_FALSE(c.not_before);
    CHECK(c.issuer.empty());
    CHECK_FALSE(kube::read_claims("[]"));
    CHECK_FALSE(kube::read_claims("{"));
    CHECK(kube::read_claims(R"({"kubernetes.io":[]})").value() == kube::token_claims{});
    CHECK(kube::read_claims(R"({"kubernetes.io":{"pod":"p"}})").value() == kube::token_claims{});
}
