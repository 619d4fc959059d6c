/// \file
/// The roles and bindings that every cluster has.

#include "../vocabulary.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/admission.hpp>
#include <berth/kube/rbac/bootstrap_policy.hpp>
#include <berth/kube/registry.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>

using namespace test;

namespace {

using texts = std::vector<std::string>;

struct cluster {
    cluster()
        : api(store, kube::registry(),
              {.now = [c = clock] { return c.now(); },
               .seed = 1,
               .admission = kube::admission({.seed = 1})}) {
        for (auto const* const name : {"kube-system", "kube-public"})
            api::create(api, make_namespace(name).done()).value();
        REQUIRE(kube::restore(api, kube::bootstrap_policy()));
    }
    auto role(std::string name) { return api::get<kube::cluster_role>(api, {{}, std::move(name)}); }
    /// Writes a role or a binding anew.
    template <object::kind_type T> auto change(object::key const& where, auto how) -> void {
        auto const now = api::get<T>(api, where).value();
        auto next = *now;
        how(next);
        api::update(api, std::move(next), now.revision_of()).value();
    }

    sim::virtual_clock clock;
    api::memory_store store;
    api::server api;
};

auto named(auto const& all, std::string_view name) -> auto const& {
    return *std::find_if(all.begin(), all.end(), [&](auto const& o) { return o.metadata.name == name; });
}

} // namespace

TEST_CASE("the policy has the roles of people, of sums and of the parts of the system") {
    auto const p = kube::bootstrap_policy();
    CHECK(p.cluster_roles.size() == 69);
    CHECK(p.cluster_role_bindings.size() == 50);
    CHECK(p.roles.size() == 7);
    CHECK(p.role_bindings.size() == 7);
    auto const& admin = named(p.cluster_roles, "cluster-admin");
    REQUIRE(admin.rules.size() == 2);
    CHECK(admin.rules[0].resources == texts{"*"});
    CHECK(admin.rules[1].non_resource_urls == texts{"*"});
    auto const& edit = named(p.cluster_roles, "edit");
    CHECK(edit.rules.empty());
    CHECK(edit.aggregation_rule->cluster_role_selectors[0].match_labels.get(
              "rbac.authorization.k8s.io/aggregate-to-edit") == "true");
    CHECK(edit.metadata.labels.get("rbac.authorization.k8s.io/aggregate-to-admin") == "true");
    CHECK(edit.metadata.labels.get("kubernetes.io/bootstrapping") == "rbac-defaults");
    CHECK(edit.metadata.annotations.get("rbac.authorization.kubernetes.io/autoupdate") == "true");
    auto const& signs = named(p.cluster_roles, "system:controller:certificate-controller").rules;
    CHECK(std::any_of(signs.begin(), signs.end(), [](auto const& r) {
        return r.verbs == texts{"sign"} && r.resources == texts{"signers"} && r.resource_names.size() == 4;
    }));
}

TEST_CASE("whom the policy gives roles to is somebody, and the roles are there") {
    auto const p = kube::bootstrap_policy();
    auto roles = std::set<std::string>();
    for (auto const& r : p.cluster_roles) roles.insert(r.metadata.name);
    for (auto const& r : p.roles) roles.insert(r.metadata.namespace_ + "/" + r.metadata.name);
    CHECK(roles.size() == p.cluster_roles.size() + p.roles.size());
    for (auto const& b : p.cluster_role_bindings) {
        CHECK(roles.contains(b.role_ref.name));
        for (auto const& s : b.subjects) CHECK((s.kind == "ServiceAccount") == !s.namespace_.empty());
    }
    for (auto const& b : p.role_bindings)
        CHECK(roles.contains(b.metadata.namespace_ + "/" + b.role_ref.name));
    auto const& masters = named(p.cluster_role_bindings, "cluster-admin");
    CHECK(masters.subjects[0].kind == "Group");
    CHECK(masters.subjects[0].name == "system:masters");
    CHECK(masters.subjects[0].api_group == "rbac.authorization.k8s.io");
    CHECK(named(p.cluster_role_bindings, "system:node").subjects.empty());
    CHECK(named(p.cluster_role_bindings, "system:controller:job-controller").subjects[0].namespace_ ==
          "kube-system");
}

TEST_CASE("a policy is made once") {
    auto here = cluster();
    CHECK(api::list<kube::cluster_role>(here.api).value().size() == 69);
    CHECK(api::list<kube::role_binding>(here.api).value().size() == 7);
    auto const revision = here.api.revision();
    REQUIRE(kube::restore(here.api, kube::bootstrap_policy()));
    CHECK(here.api.revision() == revision);
}

TEST_CASE("what is missing comes back, and what was added stays") {
    auto here = cluster();
    api::remove<kube::cluster_role>(here.api, {{}, "view"}).value();
    auto own = kube::policy_rule();
    own.verbs = {"dance"};
    own.api_groups = {""};
    own.resources = {"tables"};
    here.change<kube::cluster_role>({{}, "system:basic-user"}, [&](kube::cluster_role& r) {
        r.rules.clear();
        r.rules.push_back(own);
        r.metadata.labels.clear();
        r.metadata.labels["mine"] = "yes";
    });
    here.change<kube::cluster_role_binding>(
        {{}, "cluster-admin"}, [](kube::cluster_role_binding& b) { b.subjects[0].name = "ann"; });
    REQUIRE(kube::restore(here.api, kube::bootstrap_policy()));
    CHECK(here.role("view"));
    auto const basic = here.role("system:basic-user").value();
    CHECK(basic->rules[0] == own);
    CHECK(basic->rules.size() > 1);
    CHECK(basic->metadata.labels.size() == 2);
    auto const admins = api::get<kube::cluster_role_binding>(here.api, {{}, "cluster-admin"}).value();
    REQUIRE(admins->subjects.size() == 2);
    CHECK(admins->subjects[0].name == "ann");
    CHECK(admins->subjects[1].name == "system:masters");
    auto const revision = here.api.revision();
    REQUIRE(kube::restore(here.api, kube::bootstrap_policy()));
    CHECK(here.api.revision() == revision);
}

TEST_CASE("what is to keep itself is left alone") {
    auto here = cluster();
    here.change<kube::cluster_role>({{}, "system:discovery"}, [](kube::cluster_role& r) {
        r.rules.clear();
        r.metadata.annotations["rbac.authorization.kubernetes.io/autoupdate"] = "false";
    });
    REQUIRE(kube::restore(here.api, kube::bootstrap_policy()));
    CHECK(here.role("system:discovery").value()->rules.empty());
}

TEST_CASE("a binding of another role is made again") {
    auto here = cluster();
    auto const where = object::key{{}, "system:discovery"};
    auto other = *api::get<kube::cluster_role_binding>(here.api, where).value();
    auto const uid = other.metadata.uid;
    api::remove<kube::cluster_role_binding>(here.api, where).value();
    other.metadata = {};
    other.metadata.name = where.name;
    other.role_ref.name = "cluster-admin";
    api::create(here.api, other).value();
    REQUIRE(kube::restore(here.api, kube::bootstrap_policy()));
    auto const now = api::get<kube::cluster_role_binding>(here.api, where).value();
    CHECK(now->role_ref.name == "system:discovery");
    CHECK(now->metadata.uid != uid);
}
