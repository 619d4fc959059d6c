/// \file
/// What every namespace is given.

#include "../../vocabulary.hpp"

#include <berth/kube/core/service_account/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto const space = object::key{{}, "mine"};
auto judge = [](reconcile::laws::finding const& f) {
    INFO(f.law << ": " << f.detail);
    CHECK(f.holds);
};

} // namespace

TEST_CASE("an active namespace has the account `default`") {
    auto const controller = kube::service_accounts_controller();
    auto w = world_of(make_namespace("mine"));
    CHECK(steps_of(plan_of(controller, w, space)) == words{"create serviceaccounts mine/default"});
    auto leaving = world_of(make_namespace("mine").deleting());
    CHECK(plan_of(controller, leaving, space).empty());
    auto account = kube::service_account();
    account.metadata.namespace_ = "mine";
    account.metadata.name = "default";
    CHECK(controller.keys_for(w.at(new_year), account) == std::vector{space});
    w.add(account);
    CHECK(plan_of(controller, w, space).empty());
    reconcile::laws::all(controller, world_of(make_namespace("mine")), space, judge);
}

TEST_CASE("an active namespace has the certificates, and gets them back when they are changed") {
    auto const controller = kube::root_certificate_controller{"PEM"};
    auto w = world_of(make_namespace("mine"));
    auto const plan = plan_of(controller, w, space);
    CHECK(steps_of(plan) == words{"create configmaps mine/kube-root-ca.crt"});
    auto map = *written<kube::config_map>(plan);
    CHECK(map.data.get("ca.crt") == "PEM");
    w.add(map);
    CHECK(plan_of(controller, w, space).empty());
    map.data["ca.crt"] = "other";
    map.data["more"] = "yes";
    w.add(map);
    auto const again = plan_of(controller, w, space);
    CHECK(steps_of(again) == words{"update configmaps mine/kube-root-ca.crt"});
    CHECK(written<kube::config_map>(again)->data.size() == 1);
    reconcile::laws::all(controller, world_of(make_namespace("mine")), space, judge);
}
