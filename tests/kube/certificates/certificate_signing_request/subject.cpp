/// \file
/// The subjects of requests for certificates.

#include "sound_request.hpp"

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
