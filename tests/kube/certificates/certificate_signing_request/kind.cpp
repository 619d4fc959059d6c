/// \file
/// How requests for certificates behave in the API, and their table.

#include "../../table.hpp"
#include "sound_request.hpp"

#include <berth/kube/certificates/certificate_signing_request/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of requests shows who asked, and what was decided") {
    auto const k = kube::certificate_signing_request_kind();
    auto r = sound_request();
    r.metadata.creation_timestamp = object::timestamp(new_year);
    r.spec.username = "ann";
    CHECK(headers_of(k) == lines{"Name", "Age", "SignerName", "Requestor", "RequestedDuration", "Condition"});
    CHECK(cells_of(k, r) == lines{"a", "100s", "example.com/sign", "ann", "<none>", "Pending"});
    r.spec.expiration_seconds = 86400;
    r.status = decided("Approved").status;
    r.status.certificate.data = "x";
    CHECK(cells_of(k, r)[4] == "24h");
    CHECK(cells_of(k, r)[5] == "Approved,Issued");
    r.status = decided("Failed").status;
    CHECK(cells_of(k, r)[5] == "Pending,Failed");
}

TEST_CASE("what a request asks for stays") {
    auto const before = sound_request();
    auto now = before;
    now.spec.signer_name = "example.com/other";
    kube::certificate_signing_request_kind().prepare_update(now, before);
    CHECK(now.spec.signer_name == "example.com/sign");
}
