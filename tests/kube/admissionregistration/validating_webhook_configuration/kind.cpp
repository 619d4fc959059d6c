/// \file
/// How configurations of webhooks that refuse behave in the API.

#include "../../complaints.hpp"

#include <berth/kube/admissionregistration/validating_webhook_configuration/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a webhook that says little has the usual patience, and must say what it does besides") {
    auto c = named<kube::validating_webhook_configuration>();
    auto& w = c.webhooks.emplace_back();
    w.name = "a.example.com";
    w.admission_review_versions = {"v1"};
    w.client_config.service.engage() = {"t", "s", {}, {}, {}};
    set_defaults(c);
    CHECK(*w.failure_policy == "Fail");
    CHECK(w.timeout_seconds == 10);
    CHECK(w.namespace_selector);
    CHECK(w.client_config.service->port == 443);
    CHECK(complaints(c) ==
          lines{"webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun"});
    w.side_effects = std::string("None");
    CHECK(complaints(c).empty());
    c.webhooks.push_back(w);
    CHECK(complaints(c) == lines{"webhooks[1].name: Duplicate value: \"a.example.com\""});
}

TEST_CASE("a change of the webhooks is a new generation") {
    auto const k = kube::validating_webhook_configuration_kind();
    auto before = kube::validating_webhook_configuration();
    auto now = before;
    now.metadata.generation = 1;
    k.prepare_update(now, before);
    CHECK(now.metadata.generation == 1);
    now.webhooks.emplace_back();
    k.prepare_update(now, before);
    CHECK(now.metadata.generation == 2);
}
