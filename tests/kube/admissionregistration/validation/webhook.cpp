/// \file
/// Which webhooks are refused.

#include "../../complaints.hpp"

#include <berth/kube/admissionregistration/validation/webhook.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto rules_said(kube::rule_with_operations r) -> lines {
    auto rules = object::list<kube::rule_with_operations>();
    rules.push_back(std::move(r));
    return said_by(
        [&](auto& e) { kube::detail::validate_webhook_rules(rules, api::field_path("rules"), e); });
}

auto client_said(kube::webhook_client_config const& c) -> lines {
    return said_by([&](auto& e) { kube::detail::validate_webhook_client(c, api::field_path("at"), e); });
}

} // namespace

TEST_CASE("a rule says which operations on what, and a star stands alone") {
    auto r = kube::rule_with_operations{{"CREATE"}, {""}, {"v1"}, {"pods", "pods/status", "*/scale"}, {}, {}};
    CHECK(rules_said(r).empty());
    r.operations = {"*", "MAKE"};
    r.resources = {"pods/status", "pods/*", "*", "nodes", "nodes"};
    CHECK(
        rules_said(r) ==
        lines{
            "rules[0].operations: Invalid value: [\"*\",\"MAKE\"]: if '*' is present, must not specify other "
            "operations",
            "rules[0].operations[1]: Unsupported value: \"MAKE\": supported values: \"*\", \"CONNECT\", "
            "\"CREATE\", \"DELETE\", \"UPDATE\"",
            "rules[0].resources[0]: Invalid value: \"pods/status\": if 'pods/*' is present, must not specify "
            "pods/status",
            "rules[0].resources[4]: Duplicate value: \"nodes\"",
            "rules[0].resources: Invalid value: [\"pods/status\",\"pods/*\",\"*\","
            "\"nodes\",\"nodes\"]: if '*' "
            "is present, must not specify other resources without subresources"});
    CHECK(rules_said({}).size() == 4);
}

TEST_CASE("a webhook is called at a URL or at a service") {
    auto c = kube::webhook_client_config();
    CHECK(client_said(c) == lines{"at: Required value: exactly one of url or service is required"});
    c.url = std::string("http://ann@example.com/a?b#c");
    CHECK(client_said(c).size() == 4);
    c.url = std::string("https://example.com/a");
    CHECK(client_said(c).empty());
    c.url.reset();
    c.service.engage().path = std::string("a//");
    c.service->port = 0;
    CHECK(client_said(c).size() == 5);
    *c.service = {"t", "s", std::string("/a/b/"), 443, {}};
    CHECK(client_said(c).empty());
}

TEST_CASE("reviews are asked in a version that the server knows, and conditions have names of their own") {
    auto const versions = [](std::vector<std::string> const& v) {
        return said_by([&](auto& e) { kube::detail::validate_review_versions(v, api::field_path("v"), e); });
    };
    CHECK(versions({"v2", "v1"}).empty());
    CHECK(versions({}) == lines{"v: Required value: must specify one of v1, v1beta1"});
    CHECK(versions({"v2", "v2"}) ==
          lines{"v[1]: Invalid value: \"v2\": duplicate version",
                "v: Invalid value: [\"v2\",\"v2\"]: must include at least one of v1, v1beta1"});
    auto conditions = object::list<kube::match_condition>();
    conditions.push_back({"a", "true", {}});
    conditions.push_back({"a", " ", {}});
    CHECK(said_by([&](auto& e) {
              kube::detail::validate_match_conditions(conditions, api::field_path("m"), e);
          }) == lines{"m[1].expression: Required value", "m[1].name: Duplicate value: \"a\""});
}
