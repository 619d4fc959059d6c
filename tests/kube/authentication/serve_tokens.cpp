/// \file
/// An API server whose accounts have tokens.

#include "token_desk.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/core/credentials/private_key.hpp>
#include <berth/kube/admission.hpp>
#include <berth/kube/authentication/authenticate.hpp>
#include <berth/kube/authentication/serve_tokens.hpp>
#include <berth/kube/authentication/token_request/type.hpp>
#include <berth/kube/authentication/token_review/type.hpp>
#include <berth/kube/registry.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

struct cluster {
    cluster()
        : api(store, kinds,
              {.now = [c = clock] { return c.now(); },
               .seed = 1,
               .admission = kube::admission({.seed = 1})}) {
        api::create(api, make_namespace("default").done()).value();
        api::create(api, make_account("robot").done()).value();
    }
    auto ask(std::string const& account, std::string const& space = "default") {
        return api::act(api, kube::service_account::resource, {space, account}, "token",
                        object::any_object(kube::token_request()));
    }
    auto review(std::string const& token) -> kube::token_review_status {
        auto r = kube::token_review();
        r.spec.token = token;
        return api::create(api, std::move(r)).value()->status;
    }

    sim::virtual_clock clock;
    api::memory_store store;
    api::shared_registry kinds{kube::registry()};
    api::server api;
};

} // namespace

TEST_CASE("without an authority no token is issued, and none is known") {
    auto here = cluster();
    CHECK(here.ask("robot").error().code == error_code::unavailable);
    CHECK(here.review("nonsense").error == "invalid bearer token");
}

TEST_CASE("with an authority tokens are issued and known, as long as their account is there") {
    auto here = cluster();
    auto const key = credentials::private_key::generate().value();
    auto const by = kube::token_authority(credentials::signer_of(key));
    here.kinds.change([&](api::registry& r) { kube::serve_tokens(r, by); });
    auto const before = here.api.revision();
    auto const answered = here.ask("robot").value();
    auto const token = answered.object.as<kube::token_request>().status.token;
    CHECK(here.api.revision() == before); // a token is kept by nobody
    auto const known = here.review(token);
    CHECK(known.authenticated);
    CHECK(known.user.username == "system:serviceaccount:default:robot");
    auto const read = kube::token_reader_of(by, api::any_client(here.api.as(api::server_identity())),
                                            [c = here.clock] { return c.now(); });
    CHECK(read(token, {}).value()->who.user == known.user.username);
    CHECK(read("nonsense", {}).value() == std::nullopt);
    api::remove<kube::service_account>(here.api, {"default", "robot"}).value();
    CHECK(here.review(token).error == "[invalid bearer token, serviceaccounts \"robot\" not found]");
    CHECK(read(token, {}).error().code == error_code::unauthorized);
}

TEST_CASE("a token of an account that is not there, or of no namespace, is not issued") {
    auto here = cluster();
    here.kinds.change([&](api::registry& r) { kube::serve_tokens(r, digest_authority()); });
    CHECK(here.ask("nobody").error().message == "serviceaccounts \"nobody\" not found");
    CHECK(here.ask("robot", "nowhere").error().message == "namespaces \"nowhere\" not found");
}
