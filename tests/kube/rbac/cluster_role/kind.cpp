/// \file
/// How roles of the cluster behave in the API.

#include "../../complaints.hpp"

#include <berth/kube/rbac/cluster_role/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a role that is made of others selects some, by selectors that can be") {
    auto r = named<kube::cluster_role>();
    r.rules.emplace_back().verbs = {"get"};
    r.rules[0].non_resource_urls = {"/healthz"};
    CHECK(complaints(r).empty());
    r.aggregation_rule.engage();
    CHECK(complaints(r) == lines{"aggregationRule.clusterRoleSelectors: Required value: at least one "
                                 "clusterRoleSelector required if aggregationRule is non-nil"});
    r.aggregation_rule->cluster_role_selectors.emplace_back().match_labels["a"] = "-";
    CHECK(complaints(r).size() == 1);
    CHECK(said_by([&](auto& errors) { kube::cluster_role_kind().validate_update(r, r, errors); }).size() ==
          1);
}
