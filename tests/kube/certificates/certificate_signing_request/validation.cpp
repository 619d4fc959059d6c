/// \file
/// Requests for certificates: what is refused at birth, where and in which words.

#include "sound_request.hpp"

#include <berth/kube/certificates/certificate_signing_request/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a request is one, for a known use, to somebody who may be named") {
    CHECK(complaints(sound_request()).empty());
    auto r = sound_request();
    r.spec.request.data = "nonsense";
    r.spec.usages = {"flying", "client auth", "client auth"};
    r.spec.signer_name = "kubernetes.io/legacy-unknown";
    r.spec.expiration_seconds = 599;
    auto const told = complaints(r);
    REQUIRE(told.size() == 5);
    CHECK(told[0] == "spec.request: Invalid value: \"bm9uc2Vuc2U=\": PEM block type must be CERTIFICATE "
                     "REQUEST");
    CHECK(told[1].starts_with(
        "spec.usages[0]: Unsupported value: \"flying\": supported values: \"any\", \"cert sign\", "));
    CHECK(told[2] == "spec.usages[2]: Duplicate value: \"client auth\"");
    CHECK(told[3].starts_with("spec.signerName: Invalid value"));
    CHECK(told[4] == "spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 600 "
                     "seconds (10 minutes)");
    r = sound_request();
    r.spec.usages.clear();
    r.spec.signer_name.clear();
    CHECK(complaints(r) == lines{"spec.usages: Required value", "spec.signerName: Required value"});
}

TEST_CASE("decisions are true, and one only") {
    CHECK(complaints(decided("Ready", "False")).empty());
    CHECK(complaints(decided("Approved", "False")) ==
          lines{"status.conditions[0].status: Unsupported value: \"False\": supported values: \"True\""});
    auto both = decided("Approved");
    both.status.conditions.push_back(both.status.conditions[0]);
    both.status.conditions[1].type = "Denied";
    CHECK(complaints(both) == lines{"status.conditions: Invalid value: \"Denied\": Approved and Denied "
                                    "conditions are mutually exclusive"});
}

TEST_CASE("a certificate is nothing but certificates") {
    using kube::detail::certificate_problem;
    CHECK(certificate_problem("").empty());
    CHECK(certificate_problem("-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n").empty());
    CHECK(certificate_problem("nonsense") == "must contain at least one CERTIFICATE PEM block");
    CHECK(certificate_problem(anns_request) ==
          "only CERTIFICATE PEM blocks are allowed, found \"CERTIFICATE REQUEST\"");
    CHECK(certificate_problem("-----BEGIN CERTIFICATE-----\na: b\n\nYQ==\n-----END CERTIFICATE-----\n") ==
          "no PEM block headers are permitted");
}
