/// \file
/// Whether tokens hold.

#include "token_desk.hpp"

#include <berth/kube/authentication/authenticate.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using texts = std::vector<std::string>;

auto const by = digest_authority();
constexpr auto begin = new_year.unix_seconds();

auto claims() -> kube::token_claims {
    auto c = kube::token_claims{};
    c.subject = "system:serviceaccount:default:robot";
    c.id = "7";
    c.audiences = {"https://kubernetes.default.svc", "vault"};
    c.issued_at = c.not_before = begin;
    c.expiry = begin + 600;
    c.namespace_ = "default";
    c.account = {"robot", "uid-of-robot"};
    return c;
}
auto kept_claims() -> kube::token_claims {
    auto c = claims();
    c.audiences.clear();
    c.issued_at = c.not_before = c.expiry = std::nullopt;
    c.id.clear();
    c.kept_in = "box";
    return c;
}

auto desk() -> token_desk {
    auto out = token_desk();
    out.knows(make_account("robot")).knows(make_pod("p")).knows(make_node("w")).knows(make_secret("box"));
    return out;
}

auto ask(token_desk const& d, kube::token_claims const& c, time_point now = new_year, texts const& to = {}) {
    return kube::authenticate(by, by.issue(c).value(), to, d.world(now));
}
/// Why a token does not hold.
auto refusal(token_desk const& d, kube::token_claims const& c, time_point now = new_year,
             texts const& to = {}) {
    auto const said = ask(d, c, now, to);
    if (said) return std::string("it holds");
    return said.error().code == error_code::unauthorized ? said.error().message : "another error";
}

} // namespace

TEST_CASE("the bearer of a token is its account, and says where it is used") {
    auto const d = desk();
    auto const plain = ask(d, claims()).value().value();
    CHECK(plain.who.user == "system:serviceaccount:default:robot");
    CHECK(plain.who.uid == "uid-of-robot");
    CHECK(plain.who.groups ==
          texts{"system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated"});
    CHECK(plain.audiences == texts{"https://kubernetes.default.svc"});
    REQUIRE(plain.who.extra.size() == 1);
    CHECK(plain.who.extra[0] ==
          std::pair{std::string("authentication.kubernetes.io/credential-id"), texts{"JTI=7"}});
    auto c = claims();
    c.pod = kube::claimed_object{"p", "uid-of-p"};
    c.node = kube::claimed_object{"gone", ""}; // of a pod's node it only tells
    auto names = texts();
    auto const used = ask(d, c).value().value();
    for (auto const& [key, values] : used.who.extra) names.push_back(key.substr(key.find('/') + 1));
    CHECK(names == texts{"credential-id", "node-name", "pod-name", "pod-uid"});
}

TEST_CASE("a token is for those audiences that it names") {
    auto const d = desk();
    CHECK(ask(d, claims(), new_year, {"other", "vault"}).value()->audiences == texts{"vault"});
    CHECK(
        refusal(d, claims(), new_year, {"other"}) ==
        "token audiences [\"https://kubernetes.default.svc\" \"vault\"] is invalid for the target audiences "
        "[\"other\"]");
    auto c = claims();
    c.audiences = {"vault"};
    CHECK(refusal(d, c) == "token audiences [\"vault\"] is invalid for the target audiences "
                           "[\"https://kubernetes.default.svc\"]");
}

TEST_CASE("a token holds in its time, and a minute around it") {
    auto const d = desk();
    CHECK(ask(d, claims(), new_year + seconds(659)).value());
    CHECK(refusal(d, claims(), new_year + seconds(661)) == "service account token has expired");
    CHECK(ask(d, claims(), new_year - seconds(59)).value());
    CHECK(refusal(d, claims(), new_year - seconds(61)) == "service account token is not valid yet");
    auto c = claims();
    c.not_before.reset();
    CHECK(refusal(d, c, new_year - seconds(61)) == "service account token is issued in the future");
    c.expiry = std::numeric_limits<std::int64_t>::max();
    c.issued_at.reset();
    CHECK(ask(d, c).value());
}

TEST_CASE("a token ends with its account") {
    CHECK(refusal(token_desk(), claims()) == "serviceaccounts \"robot\" not found");
    auto other = token_desk();
    other.knows(make_account("robot").uid("another"));
    CHECK(refusal(other, claims()) == "service account UID (another) does not match claim (uid-of-robot)");
    auto going = token_desk();
    going.knows(make_account("robot").deleting(new_year));
    CHECK(ask(going, claims(), new_year + seconds(30)).value());
    CHECK(refusal(going, claims(), new_year + seconds(90)) == "service account has been deleted");
}

TEST_CASE("a token ends with what it is bound to") {
    auto const check = [](auto member, std::string const& name, std::string const& kind) {
        auto c = claims();
        c.*member = kube::claimed_object{name, "uid-of-" + name};
        CHECK(ask(desk(), c).value());
        c.*member = kube::claimed_object{name, "x"};
        CHECK(refusal(desk(), c) ==
              kind + " UID (uid-of-" + name + ") does not match service account " + kind + " ref claim (x)");
        c.*member = kube::claimed_object{"gone", "x"};
        CHECK(refusal(desk(), c) == "service account token has been invalidated");
    };
    check(&kube::token_claims::pod, "p", "pod");
    check(&kube::token_claims::node, "w", "node");
    check(&kube::token_claims::secret, "box", "secret");
    auto going = desk();
    going.knows(make_pod("going").deleting(new_year));
    auto c = claims();
    c.pod = kube::claimed_object{"going", "uid-of-going"};
    CHECK(ask(going, c, new_year + seconds(60)).value());
    CHECK(refusal(going, c, new_year + seconds(61)) == "service account token has been invalidated");
}

TEST_CASE("a token that a secret keeps holds as long as it is kept there") {
    auto const token = by.issue(kept_claims()).value();
    auto d = token_desk();
    d.knows(make_account("robot")).knows(make_secret("box").of("robot").data("token", token));
    CHECK(ask(d, kept_claims(), new_year + minutes(60) * 99'999).value()->who.extra.empty());
    CHECK(ask(d, kept_claims()).value()->audiences == texts{"https://kubernetes.default.svc"});
    CHECK(refusal(desk(), kept_claims()) == "Token does not match server's copy");
    CHECK(refusal(token_desk(), kept_claims()) == "Token has been invalidated");
    auto lonely = token_desk();
    lonely.knows(make_secret("box").data("token", token));
    CHECK(refusal(lonely, kept_claims()) == "serviceaccounts \"robot\" not found");
    lonely.knows(make_account("robot").uid("another"));
    CHECK(refusal(lonely, kept_claims()) ==
          "ServiceAccount UID (another) does not match claim (uid-of-robot)");
    auto c = kept_claims();
    c.subject = "system:serviceaccount:default:other";
    CHECK(refusal(d, c) == "sub claim is invalid");
    c = kept_claims();
    c.account.uid.clear();
    CHECK(refusal(d, c) == "serviceAccountUID claim is missing");
}

TEST_CASE("what cannot be looked up is no reason to refuse") {
    auto d = desk();
    d.breaks();
    CHECK(ask(d, claims()).error().code == error_code::unavailable);
    CHECK(kube::authenticate(by, "nonsense", {}, d.world()).value() == std::nullopt);
}
