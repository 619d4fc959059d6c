/// \file
/// Which rules roles may not have.

#include "../../complaints.hpp"

#include <berth/kube/rbac/validation/policy_rule.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto about(kube::policy_rule r, kube::detail::rule_scope scope) -> lines {
    auto rules = object::list<kube::policy_rule>();
    rules.push_back(std::move(r));
    return said_by([&](auto& errors) { kube::detail::validate_policy_rules(rules, scope, errors); });
}

} // namespace

TEST_CASE("a rule has verbs, and resources or paths") {
    using enum kube::detail::rule_scope;
    CHECK(about({}, cluster) ==
          lines{"rules[0].verbs: Required value: verbs must contain at least one value",
                "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                "rules[0].resources: Required value: resource rules must supply at least one resource"});
    auto r = kube::policy_rule();
    r.verbs = {"get"};
    r.non_resource_urls = {"/healthz"};
    CHECK(about(r, cluster).empty());
    CHECK(about(r, namespaced) == lines{"rules[0].nonResourceURLs: Invalid value: [\"/healthz\"]: namespaced "
                                        "rules cannot apply to non-resource URLs"});
    r.resources = {"pods"};
    CHECK(about(r, cluster) == lines{"rules[0].nonResourceURLs: Invalid value: [\"/healthz\"]: rules cannot "
                                     "apply to both regular resources and non-resource URLs"});
}
