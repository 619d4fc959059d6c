/// \file
/// Which requests signers sign.

#include "node_requests.hpp"
#include "sound_request.hpp"

#include <berth/kube/certificates/certificate_signing_request/signers.hpp>
#include <berth/object/field_of.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using credentials::key_usage;

namespace {

/// 2026-01-01T00:00:00Z.
constexpr auto now = time_point::from_unix_seconds(1'767'225'600);
constexpr auto year = minutes(60) * (24 * 365);

auto subject_in(std::string_view pem) -> kube::requested_subject {
    return kube::subject_of(kube::request_bytes(pem).value()).value();
}
auto problem(std::string_view signer, std::string_view pem, lines const& usages) -> std::string {
    return kube::signer_problem(signer, subject_in(pem), usages);
}

auto const client = lines{"digital signature", "client auth"};
auto const serving = lines{"server auth", "digital signature", "key encipherment"};

} // namespace

TEST_CASE("a client of the API may not serve") {
    auto const with = [](lines const& usages) { return problem(kube::client_signer, anns_request, usages); };
    CHECK(with({"client auth"}).empty());
    CHECK(with({"client auth", "digital signature", "key encipherment"}).empty());
    CHECK(with({"server auth"}) == "invalid usage for client certificate: server auth");
    CHECK(with({"client auth", "any"}) == "invalid usage for client certificate: any");
    CHECK(with({"digital signature"}) == "missing required usage for client certificate: client auth");
}

TEST_CASE("a kubelet's client is a node, and has no other names") {
    auto const of = [](std::string_view pem, lines const& usages) {
        return problem(kube::kubelet_client_signer, pem, usages);
    };
    CHECK(of(client_request, client).empty());
    CHECK(of(client_request, {"client auth", "key encipherment", "digital signature"}).empty());
    CHECK(of(client_request, {"client auth"}) ==
          "usages did not match [client auth digital signature key encipherment]");
    CHECK(of(serving_request, client) == "DNS subjectAltNames are not allowed");
    CHECK(of(anns_request, client) == "subject organization is not system:nodes");
    auto who = subject_in(client_request);
    who.common_name = "n1";
    CHECK(kube::signer_problem(kube::kubelet_client_signer, who, client) ==
          "subject common name does not begin with system:node:");
    who.email_addresses = {"a@b.c"};
    CHECK(kube::signer_problem(kube::kubelet_client_signer, who, client) ==
          "Email subjectAltNames are not allowed");
    who.email_addresses.clear();
    who.ip_addresses = {"1234"};
    CHECK(kube::signer_problem(kube::kubelet_client_signer, who, client) ==
          "IP subjectAltNames are not allowed");
}

TEST_CASE("a kubelet that serves is a node with a name or an address") {
    auto const of = [](std::string_view pem, lines const& usages) {
        return problem(kube::kubelet_serving_signer, pem, usages);
    };
    CHECK(of(serving_request, serving).empty());
    CHECK(of(serving_request, {"digital signature", "server auth"}).empty());
    CHECK(of(serving_request, client) ==
          "usages did not match [digital signature key encipherment server auth]");
    CHECK(of(client_request, serving) == "DNS or IP subjectAltName is required");
    CHECK(of(talkative_request, serving) == "Email subjectAltNames are not allowed");
    CHECK(of(anns_request, serving) == "subject organization is not system:nodes");
}

TEST_CASE("four signers are those of Kubernetes, and the old one takes everything") {
    CHECK(kube::is_stock_signer("kubernetes.io/legacy-unknown"));
    CHECK_FALSE(kube::is_stock_signer("kubernetes.io/other"));
    CHECK_FALSE(kube::is_stock_signer("example.com/sign"));
    CHECK(problem(kube::legacy_signer, anns_request, {"any"}).empty());
}

TEST_CASE("a certificate lasts as long as it is asked for, within limits") {
    auto r = sound_request();
    auto const asked = [&](std::optional<std::int32_t> seconds) {
        r.spec.expiration_seconds = seconds;
        return kube::order_of(r, year, now).value();
    };
    CHECK(asked({}).not_before == now - minutes(5));
    CHECK(asked({}).not_after == now + year - minutes(5));
    CHECK(asked(3600).not_after == now + minutes(60));
    CHECK(asked(8 * 3600).not_after == now + minutes(8 * 60) - minutes(5));
    CHECK(asked(1).not_after == now + minutes(10));
    CHECK(asked(2'000'000'000).not_after == now + year - minutes(5));
}

TEST_CASE("uses become bits and purposes, each once") {
    auto r = sound_request();
    r.spec.usages = {"signing", "digital signature", "client auth", "s/mime", "email protection", "crl sign"};
    auto const o = kube::order_of(r, year, now).value();
    CHECK(o.usages == std::vector{key_usage::digital_signature, key_usage::crl_sign});
    CHECK(o.purposes == lines{"1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4"});
    CHECK(o.request == kube::request_bytes(anns_request).value());
    r.spec.usages = {"dancing"};
    CHECK(kube::order_of(r, year, now).error().message == "unrecognized usage values: [\"dancing\"]");
    auto const& known = object::field_of(&kube::certificate_signing_request_spec::usages);
    CHECK(known.details->values.size() == 23);
    for (auto const use : known.details->values) { // every use that a request may name
        r.spec.usages.assign(1, std::string(use));
        INFO(use);
        CHECK(kube::order_of(r, year, now));
    }
}
