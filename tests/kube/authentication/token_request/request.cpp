/// \file
/// What a request for a token does.

#include "../token_desk.hpp"

#include <berth/kube/authentication/token_request/request.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using texts = std::vector<std::string>;
auto const by = digest_authority();
constexpr auto begin = new_year.unix_seconds();

class desk : public token_desk {
public:
    desk() {
        knows(make_pod("web").on("w1").with([](kube::pod& p) { p.spec.service_account_name = "robot"; }));
        knows(make_pod("lost").on("gone").with([](kube::pod& p) { p.spec.service_account_name = "robot"; }));
        knows(make_pod("db").with([](kube::pod& p) { p.spec.service_account_name = "default"; }));
        knows(make_secret("key"));
        knows(make_node("w1").in(""));
    }
    auto ask(kube::token_request const& r, kube::token_authority const& a = by) const
        -> result<kube::token_request> {
        auto const w = world();
        auto const who = api::identity();
        auto said = kube::request_token(a, make_account("robot").done(), &r, {w, who, new_year});
        if (!said) return std::unexpected(std::move(said).error());
        return said->as<kube::token_request>();
    }
    auto refusal(kube::token_request const& r) const -> std::string { return ask(r).error().message; }
};

auto asked(std::optional<std::int64_t> seconds = {}, texts audiences = {}) -> kube::token_request {
    auto r = kube::token_request();
    r.spec.expiration_seconds = seconds;
    r.spec.audiences = std::move(audiences);
    return r;
}
auto bound(std::string kind, std::string name, std::string version = "v1") -> kube::token_request {
    auto r = asked();
    auto& to = r.spec.bound_object_ref.engage();
    to.kind = std::move(kind);
    to.api_version = std::move(version);
    to.name = std::move(name);
    return r;
}
auto claims_of(result<kube::token_request> const& r) -> kube::token_claims {
    return by.read(r.value().status.token).value().value();
}

} // namespace

TEST_CASE("an account gets a token for an hour, for the API server") {
    auto const said = desk().ask(asked()).value();
    CHECK(said.metadata.name == "robot");
    CHECK(said.metadata.namespace_ == "default");
    CHECK(said.metadata.creation_timestamp == object::timestamp(new_year));
    CHECK(said.spec.audiences == texts{"https://kubernetes.default.svc"});
    CHECK(said.spec.expiration_seconds == 3600);
    CHECK(said.status.expiration_timestamp == object::timestamp(new_year + seconds(3600)));
    auto const c = claims_of(said);
    CHECK(c.subject == "system:serviceaccount:default:robot");
    CHECK(c.issued_at == begin);
    CHECK(c.not_before == begin);
    CHECK(c.expiry == begin + 3600);
    CHECK(c.account == kube::claimed_object{"robot", "uid-of-robot"});
    CHECK(c.id.size() == 36);
    CHECK(c.audiences == said.spec.audiences);
}

TEST_CASE("a token lasts at least ten minutes, and at most 2^32 seconds") {
    constexpr auto most = std::int64_t{1} << 32;
    CHECK(claims_of(desk().ask(asked(600))).expiry == begin + 600);
    CHECK(claims_of(desk().ask(asked(most, {"a", "a"}))).expiry == begin + most);
    auto const words =
        std::string("TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: ");
    CHECK(desk().refusal(asked(599)) ==
          words + "Invalid value: 599: may not specify a duration less than 10 minutes");
    CHECK(desk().refusal(asked(most + 1)) ==
          words + "Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds");
}

TEST_CASE("a token is bound to a pod of its account, and tells the pod's node") {
    auto const c = claims_of(desk().ask(bound("Pod", "web")));
    CHECK(c.pod == kube::claimed_object{"web", "uid-of-web"});
    CHECK(c.node == kube::claimed_object{"w1", "uid-of-w1"});
    CHECK(claims_of(desk().ask(bound("Pod", "lost", ""))).node == kube::claimed_object{"gone", ""});
    CHECK(
        desk().refusal(bound("Pod", "db")) ==
        "cannot bind token for serviceaccount \"robot\" to pod running with different serviceaccount name.");
    CHECK(desk().refusal(bound("Pod", "none")) == "pods \"none\" not found");
}

TEST_CASE("a token is bound to a secret or a node, and to nothing else") {
    CHECK(claims_of(desk().ask(bound("Secret", "key"))).secret == kube::claimed_object{"key", "uid-of-key"});
    CHECK(claims_of(desk().ask(bound("Node", "w1"))).node == kube::claimed_object{"w1", "uid-of-w1"});
    CHECK(desk().refusal(bound("Secret", "none")) == "secrets \"none\" not found");
    auto const words = std::string("cannot bind token to object of type ");
    CHECK(desk().refusal(bound("ConfigMap", "key")) == words + "/v1, Kind=ConfigMap");
    CHECK(desk().refusal(bound("Pod", "web", "apps/v1")) == words + "apps/v1, Kind=Pod");
    CHECK(desk().refusal(bound("", "", "")) == words + "/, Kind=");
    CHECK(desk().ask(bound("", "")).error().code == error_code::bad_request);
}

TEST_CASE("uids that are given must be right") {
    auto r = bound("Pod", "web");
    r.spec.bound_object_ref->uid = "uid-of-web";
    CHECK(desk().ask(r));
    r.spec.bound_object_ref->uid = "nope";
    CHECK(desk().ask(r).error().code == error_code::conflict);
    CHECK(desk().refusal(r) ==
          "Operation cannot be fulfilled on Pod \"web\": the UID in the bound object reference "
          "(nope) does not match the UID in record. The object might have been deleted and then "
          "recreated");
    auto own = asked();
    own.metadata.uid = "nope";
    CHECK(
        desk().refusal(own) ==
        "Operation cannot be fulfilled on TokenRequest.authentication.k8s.io \"robot\": the UID in the token "
        "request (nope) does not match the UID of the service account (uid-of-robot)");
}

TEST_CASE("a request must be for the account that it is posted to") {
    auto r = asked();
    r.metadata.name = "robot";
    r.metadata.namespace_ = "default";
    CHECK(desk().ask(r));
    r.metadata.name = "other";
    CHECK(desk().refusal(r) ==
          "TokenRequest.authentication.k8s.io \"robot\" is invalid: metadata.name: Invalid value: "
          "\"other\": must match the service account name if specified");
    r.metadata.namespace_ = "other";
    CHECK(desk().refusal(r) ==
          "the namespace of the provided object does not match the namespace sent on the request");
}

TEST_CASE("the token of a pod that fetches new ones holds a year, and warns") {
    auto r = bound("Pod", "web");
    r.spec.expiration_seconds = 3607;
    auto const said = desk().ask(r).value();
    CHECK(said.status.expiration_timestamp == object::timestamp(new_year + seconds(3607)));
    CHECK(claims_of(said).expiry == begin + 365 * 24 * 3600);
    CHECK(claims_of(said).warn_after == begin + 3607);
    r.spec.audiences = {"elsewhere"};
    CHECK(claims_of(desk().ask(r)).expiry == begin + 3607);
    CHECK_FALSE(claims_of(desk().ask(asked(3607))).warn_after);
    r.spec.audiences = {};
    auto const strict = digest_authority("key", {.extend_pod_tokens = false});
    CHECK(strict.read(desk().ask(r, strict)->status.token).value()->expiry == begin + 3607);
}

TEST_CASE("without a key it is said that there is none") {
    CHECK(desk().ask(asked(), kube::token_authority()).error().code == error_code::unavailable);
}
