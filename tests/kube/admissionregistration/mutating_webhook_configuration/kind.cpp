/// \file
/// How configurations of webhooks that change what is written behave in the API.

#include "../../complaints.hpp"

#include <berth/kube/admissionregistration/mutating_webhook_configuration/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a webhook that changes things is not asked again, unless it says so") {
    auto c = named<kube::mutating_webhook_configuration>();
    auto& w = c.webhooks.emplace_back();
    w.name = "a.example.com";
    w.side_effects = std::string("None");
    w.admission_review_versions = {"v1"};
    w.client_config.url = std::string("https://example.com");
    set_defaults(c);
    CHECK(*w.reinvocation_policy == "Never");
    CHECK(complaints(c).empty());
    w.reinvocation_policy = std::string("Always");
    CHECK(complaints(c) ==
          lines{"webhooks[0].reinvocationPolicy: Unsupported value: \"Always\": supported values: "
                "\"IfNeeded\", \"Never\""});
}
