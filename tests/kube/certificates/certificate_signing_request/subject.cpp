/// \file
/// The subjects of requests for certificates.

#include "certificates.hpp"
#include "node_requests.hpp"
#include "sound_request.hpp"

#include <berth/core/base64.hpp>
#include <berth/core/pem.hpp>
#include <berth/kube/certificates/certificate_signing_request/subject.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the organizations of a request are read") {
    auto const der = kube::request_bytes(anns_request);
    REQUIRE(der);
    CHECK(kube::organizations_of(*der).value() == lines{"devs"});
    CHECK(kube::organizations_of(*kube::request_bytes(eves_request)).value() == lines{"system:masters"});
}

TEST_CASE("what is cut off or goes on is no request") {
    auto const der = kube::request_bytes(anns_request).value();
    for (std::size_t i = 0; i < der.size(); ++i)
        CHECK_FALSE(kube::organizations_of(std::string_view(der).substr(0, i)));
    CHECK_FALSE(kube::organizations_of(der + "x"));
    for (std::size_t i = 0; i < der.size(); ++i)
        for (auto const other : {'\0', '\x7f', '\x80', '\xff'}) {
            auto bent = der;
            bent[i] = other;
            (void)kube::organizations_of(bent); // any answer, and no crash
        }
    CHECK(kube::request_bytes("nonsense").error().message == "PEM block type must be CERTIFICATE REQUEST");
}

TEST_CASE("the subject and the other names of a request are read") {
    auto const of = [](std::string_view pem) { return kube::subject_of(*kube::request_bytes(pem)).value(); };
    CHECK(of(anns_request) == kube::requested_subject{.common_name = "ann", .organizations = {"devs"}});
    CHECK(of(client_request) ==
          kube::requested_subject{.common_name = "system:node:n1", .organizations = {"system:nodes"}});
    auto const serving = of(serving_request);
    CHECK(serving.dns_names == lines{"n1"});
    CHECK(serving.ip_addresses == lines{std::string("\x0a\x00\x00\x01", 4)});
    auto const talkative = of(talkative_request);
    CHECK(talkative.email_addresses == lines{"a@b.c"});
    CHECK(talkative.uris == lines{"urn:x"});
}

TEST_CASE("attributes that are cut off or bent are no crash") {
    for (auto const pem : {serving_request, talkative_request}) {
        auto const der = kube::request_bytes(pem).value();
        for (std::size_t i = 0; i < der.size(); ++i) {
            CHECK_FALSE(kube::subject_of(std::string_view(der).substr(0, i)));
            for (auto const other : {'\0', '\x30', '\x7f', '\x80', '\xff'}) {
                auto bent = der;
                bent[i] = other;
                (void)kube::subject_of(bent);
            }
        }
    }
}

TEST_CASE("a certificate tells when it ends, in this century and beyond the middle of it") {
    CHECK(kube::end_of_certificate(early_certificate).value() == end_of_early);
    CHECK(kube::end_of_certificate(late_certificate).value() == end_of_late);
    CHECK_FALSE(kube::end_of_certificate(anns_request));
    CHECK_FALSE(kube::end_of_certificate("nonsense"));
    auto const pem = std::string(early_certificate);
    auto const der = next_pem_block(pem)->bytes;
    for (std::size_t i = 0; i < der.size(); ++i) {
        auto bent = der;
        bent[i] = '\xff';
        (void)kube::end_of_certificate("-----BEGIN CERTIFICATE-----\n" + base64_encode(bent) +
                                       "\n-----END CERTIFICATE-----\n");
    }
}
