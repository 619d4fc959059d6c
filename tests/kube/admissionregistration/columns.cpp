/// \file
/// The tables of configurations of webhooks.

#include "../table.hpp"

#include <berth/kube/admissionregistration/mutating_webhook_configuration/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE(
    "the table of configurations counts their webhooks, and writers are warned of what is done otherwise") {
    auto const k = kube::mutating_webhook_configuration_kind();
    auto c = kube::mutating_webhook_configuration();
    c.metadata.name = "m";
    c.metadata.creation_timestamp = object::timestamp(new_year);
    CHECK(cells_of(k, c) == std::vector<std::string>{"m", "0", "100s"});
    CHECK(k.warnings(c, nullptr).empty());
    c.webhooks.emplace_back();
    c.webhooks[0].client_config.url = std::string("https://example.com");
    CHECK(k.warnings(c, nullptr).empty());
    c.webhooks[0].client_config.url = std::string("http://localhost");
    c.webhooks[0].match_conditions.emplace_back();
    CHECK(k.warnings(c, nullptr) ==
          std::vector<std::string>{
              "webhooks[0].matchConditions: not evaluated here: the webhook is asked whatever they say",
              "webhooks[0].clientConfig: asked without TLS, which Kubernetes never does"});
}
