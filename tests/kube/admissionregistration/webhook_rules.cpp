/// \file
/// Which requests rules choose.

#include <berth/kube/admissionregistration/webhook_rules.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto rule_of(std::vector<std::string> resources) -> kube::rule_with_operations {
    auto r = kube::rule_with_operations{};
    r.operations = {"CREATE", "UPDATE"};
    r.api_groups = {"apps"};
    r.api_versions = {"v1"};
    r.resources = std::move(resources);
    return r;
}

auto deployment() -> kube::rule_subject { return {"apps", "v1", "deployments", "", "CREATE", true}; }

} // namespace

TEST_CASE("a rule must name operation, group, version and resource, or everything") {
    auto r = rule_of({"deployments"});
    CHECK(kube::matches(r, deployment()));
    for (auto const part : {&kube::rule_with_operations::operations, &kube::rule_with_operations::api_groups,
                            &kube::rule_with_operations::api_versions}) {
        auto other = r;
        other.*part = {"other"};
        CHECK_FALSE(kube::matches(other, deployment()));
        other.*part = {"*"};
        CHECK(kube::matches(other, deployment()));
    }
    CHECK_FALSE(kube::matches(rule_of({"pods"}), deployment()));
    CHECK_FALSE(kube::matches(object::list<kube::rule_with_operations>(), deployment()));
    auto two = object::list<kube::rule_with_operations>();
    two.push_back(rule_of({"pods"}));
    two.push_back(r);
    CHECK(kube::matches(two, deployment()));
}

TEST_CASE("subresources are chosen by name or all at once, and not by the plain name of their resource") {
    auto scaled = deployment();
    scaled.subresource = "scale";
    struct {
        char const* resource;
        bool whole, scale;
    } const cases[] = {{"deployments", true, false},
                       {"deployments/scale", false, true},
                       {"deployments/*", true, true},
                       {"*", true, false},
                       {"*/scale", false, true},
                       {"*/*", true, true},
                       {"deployments/status", false, false}};
    for (auto const& c : cases) {
        CAPTURE(c.resource);
        CHECK(kube::matches(rule_of({c.resource}), deployment()) == c.whole);
        CHECK(kube::matches(rule_of({c.resource}), scaled) == c.scale);
    }
}

TEST_CASE("a scope is that of the kind") {
    auto r = rule_of({"*"});
    auto wide = deployment();
    wide.in_namespace = false;
    r.scope = std::string("Namespaced");
    CHECK(kube::matches(r, deployment()));
    CHECK_FALSE(kube::matches(r, wide));
    r.scope = std::string("Cluster");
    CHECK_FALSE(kube::matches(r, deployment()));
    CHECK(kube::matches(r, wide));
    r.scope = std::string("*");
    CHECK(kube::matches(r, wide));
}

TEST_CASE("what a rule may be about goes by the name of the resource alone") {
    for (auto const* r : {"deployments", "deployments/scale", "*", "*/*"}) {
        CAPTURE(r);
        CHECK(kube::may_name(rule_of({"pods", r}), "deployments"));
    }
    CHECK_FALSE(kube::may_name(rule_of({"pods", "deploymentsets/*"}), "deployments"));
    CHECK_FALSE(kube::may_name(rule_of({}), "deployments"));
}
