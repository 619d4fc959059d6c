/// \file
/// Requests for certificates whose signature is not their own.

#include "../../vocabulary.hpp"
#include "sound_request.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/core/base64.hpp>
#include <berth/core/credentials/certificate_request.hpp>
#include <berth/kube/certificates/certificate_signing_request/verify_requests.hpp>
#include <berth/kube/registry.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

struct desk {
    explicit desk(bool verifies) {
        if (verifies)
            kinds.change([](api::registry& r) { kube::verify_requests(r, &credentials::verify_request); });
    }
    auto create(kube::certificate_signing_request const& r) { return api::create(api, r); }

    sim::virtual_clock clock;
    api::memory_store store;
    api::shared_registry kinds{kube::registry()};
    api::server api{store, kinds, {.now = [c = clock] { return c.now(); }, .admission = {}}};
};

/// The same with one bit of the signature changed.
auto forged() -> kube::certificate_signing_request {
    auto r = sound_request();
    auto text = std::string(anns_request);
    text[text.find("uTkE")] = 'v';
    r.spec.request.data = text;
    return r;
}

} // namespace

TEST_CASE("a request that was not signed with its own key is refused where somebody looks") {
    CHECK(desk(true).create(sound_request()).has_value());
    CHECK(desk(false).create(forged()).has_value());
    auto const refused = desk(true).create(forged());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == error_code::invalid);
    CHECK(refused.error().message ==
          "CertificateSigningRequest.certificates.k8s.io \"a\" is invalid: spec.request: Invalid value: \"" +
              base64_encode(forged().spec.request.data) + "\": x509: Ed25519 verification failure");
}

TEST_CASE("other complaints follow that of the signature, and what cannot be read is told once") {
    auto r = forged();
    r.spec.usages.clear();
    auto const both = desk(true).create(r).error().message;
    CHECK(both.find("Ed25519 verification failure, spec.usages: Required value]") != std::string::npos);
    r.spec.request.data = "nonsense";
    auto const none = desk(true).create(r).error().message;
    CHECK(none.find("[spec.request: Invalid value: \"bm9uc2Vuc2U=\": PEM block type must be CERTIFICATE "
                    "REQUEST, spec.usages: Required value]") != std::string::npos);
}

TEST_CASE("a request that is there already can still be decided") {
    auto here = desk(false);
    auto const kept = here.create(forged()).value();
    here.kinds.change([](api::registry& r) { kube::verify_requests(r, &credentials::verify_request); });
    auto next = *kept;
    next.status = decided("Denied").status;
    CHECK(api::update(here.api, std::move(next), kept.revision_of(), "approval").has_value());
}
