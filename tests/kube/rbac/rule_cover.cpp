/// \file
/// Whether rules let do all that others do.

#include <berth/kube/rbac/rule_cover.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;

namespace {

using texts = std::vector<std::string>;
using rules = object::list<kube::policy_rule>;

auto rule(texts verbs, texts groups, texts resources, texts names = {}) -> kube::policy_rule {
    auto r = kube::policy_rule();
    r.verbs = std::move(verbs);
    r.api_groups = std::move(groups);
    r.resources = std::move(resources);
    r.resource_names = std::move(names);
    return r;
}
auto path(texts verbs, texts urls) -> kube::policy_rule {
    auto r = kube::policy_rule();
    r.verbs = std::move(verbs);
    r.non_resource_urls = std::move(urls);
    return r;
}
auto list(std::vector<kube::policy_rule> const& all) -> rules {
    auto out = rules();
    for (auto const& r : all) out.push_back(r);
    return out;
}
auto left(std::vector<kube::policy_rule> const& owned, kube::policy_rule const& wanted) -> std::size_t {
    return kube::uncovered_rules(list(owned), list({wanted})).size();
}

} // namespace

TEST_CASE("what is missing is told one verb and thing at a time") {
    auto const owned = list({rule({"get"}, {""}, {"pods"})});
    auto const out = kube::uncovered_rules(owned, list({rule({"get", "list"}, {""}, {"pods", "nodes"})}));
    REQUIRE(out.size() == 3);
    CHECK(out[0] == rule({"list"}, {""}, {"pods"}));
    CHECK(out[1] == rule({"get"}, {""}, {"nodes"}));
    CHECK(out[2] == rule({"list"}, {""}, {"nodes"}));
    CHECK(kube::uncovered_rules(owned, owned).empty());
}

TEST_CASE("several rules cover one together, and stars cover everything") {
    auto const both = rule({"get", "list"}, {"", "apps"}, {"pods"});
    CHECK(left({rule({"get"}, {"", "apps"}, {"pods"}), rule({"list"}, {"*"}, {"pods", "x"})}, both) == 0);
    CHECK(left({rule({"*"}, {"*"}, {"*"})}, both) == 0);
    CHECK(left({rule({"get"}, {"*"}, {"*"})}, both) == 2);
    CHECK(left({rule({"*"}, {"*"}, {"*/scale"})}, rule({"get"}, {"apps"}, {"deployments/scale"})) == 0);
    CHECK(left({rule({"*"}, {"*"}, {"*/scale"})}, rule({"get"}, {"apps"}, {"deployments"})) == 1);
    CHECK(left({rule({"*"}, {"*"}, {"pods"})}, rule({"get"}, {""}, {"pods/log"})) == 1);
}

TEST_CASE("who may do something with some names may not do it with all") {
    CHECK(left({rule({"get"}, {""}, {"pods"}, {"a", "b"})}, rule({"get"}, {""}, {"pods"}, {"b"})) == 0);
    CHECK(left({rule({"get"}, {""}, {"pods"}, {"a"})}, rule({"get"}, {""}, {"pods"}, {"a", "b"})) == 1);
    CHECK(left({rule({"get"}, {""}, {"pods"}, {"a"})}, rule({"get"}, {""}, {"pods"})) == 1);
    CHECK(left({rule({"get"}, {""}, {"pods"})}, rule({"get"}, {""}, {"pods"}, {"a"})) == 0);
}

TEST_CASE("paths are covered by those that they begin with") {
    CHECK(left({path({"get"}, {"/healthz", "/api/*"})}, path({"get"}, {"/api/v1"})) == 0);
    CHECK(left({path({"get"}, {"/healthz", "/api/*"})}, path({"get"}, {"/apis", "/healthz"})) == 1);
    CHECK(left({path({"*"}, {"*"})}, path({"post"}, {"/x"})) == 0);
    CHECK(left({rule({"*"}, {"*"}, {"*"})}, path({"get"}, {"/x"})) == 1);
}
