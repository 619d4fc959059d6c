/// \file
/// Requests for certificates as they come in.

#include "../../admission_desk.hpp"
#include "sound_request.hpp"

#include <berth/kube/certificates/certificate_signing_request/admission.hpp>

using namespace test;

TEST_CASE("the server says who asks, whatever the request says") {
    auto desk = admission_desk();
    auto r = sound_request();
    r.spec.username = "mallory";
    r.spec.groups = {"system:masters"};
    REQUIRE(desk.create(kube::certificate_admission(), r).has_value());
    CHECK(r.spec.username == "system:anonymous");
    CHECK(r.spec.groups == lines{"system:unauthenticated"});
}

TEST_CASE("nobody becomes a master by a certificate for clients of the API server") {
    auto desk = admission_desk();
    auto r = sound_request();
    r.spec.request.data = std::string(eves_request);
    CHECK(desk.create(kube::certificate_admission(), r).has_value()); // somebody else's business
    r.spec.signer_name = "kubernetes.io/kube-apiserver-client";
    auto const said = desk.create(kube::certificate_admission(), r);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().message.ends_with(
        "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed"));
    r = sound_request();
    r.spec.signer_name = "kubernetes.io/kube-apiserver-client";
    CHECK(desk.create(kube::certificate_admission(), r).has_value());
}
