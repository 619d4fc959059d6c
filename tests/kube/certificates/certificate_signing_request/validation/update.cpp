/// \file
/// Changes of requests for certificates: who may do what.

#include "../sound_request.hpp"

#include <berth/kube/certificates/certificate_signing_request/validation/update.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto signed_(kube::certificate_signing_request r) -> kube::certificate_signing_request {
    r.status.certificate.data = "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n";
    return r;
}
auto by_approver(auto const& now, auto const& before) -> lines {
    return said_by([&](auto& errors) { validate_approval(now, before, errors); });
}
auto by_signer(auto const& now, auto const& before) -> lines {
    return said_by([&](auto& errors) { validate_status(now, before, errors); });
}

} // namespace

TEST_CASE("an approver decides, and signs nothing") {
    CHECK(by_approver(decided("Approved"), sound_request()).empty());
    CHECK(by_approver(signed_(sound_request()), sound_request()) ==
          lines{"status.certificate: Forbidden: updates may not set certificate content"});
    CHECK(by_approver(sound_request(), decided("Denied")) ==
          lines{"status.conditions: Forbidden: updates may not remove a condition of type \"Denied\""});
}

TEST_CASE("a signer signs once, or fails, and decides nothing") {
    CHECK(by_signer(signed_(sound_request()), sound_request()).empty());
    CHECK(by_signer(decided("Failed"), sound_request()).empty());
    CHECK(by_signer(decided("Denied"), sound_request()) ==
          lines{"status.conditions: Forbidden: updates may not add a condition of type \"Denied\""});
    auto again = signed_(sound_request());
    again.status.certificate.data += "\n";
    CHECK(by_signer(again, signed_(sound_request())) ==
          lines{"status.certificate: Forbidden: updates may not modify existing certificate content"});
}

TEST_CASE("a request goes on having the faults that it has") {
    auto old = sound_request();
    old.spec.signer_name = "kubernetes.io/legacy-unknown";
    old.spec.usages = {"flying", "flying"};
    old.status.certificate.data = "nonsense";
    auto now = old;
    now.metadata.labels["a"] = "b";
    CHECK(complaints(now, old).empty());
}
