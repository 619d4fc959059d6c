/// \file
/// What a fresh cluster has.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/admission.hpp>
#include <berth/kube/bootstrap.hpp>
#include <berth/kube/rbac/cluster_role/type.hpp>
#include <berth/kube/registry.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a fresh cluster has its namespaces, priority classes and the service of the API, once") {
    auto const clock = sim::virtual_clock();
    auto store = api::memory_store();
    auto const kinds = kube::registry();
    auto server = api::server(
        store, kinds,
        {.now = [clock] { return clock.now(); }, .seed = 1, .admission = kube::admission({.seed = 1})});
    REQUIRE(kube::bootstrap(server).has_value());
    auto const revision = server.revision();
    auto names = std::vector<std::string>();
    auto const spaces = api::list<kube::namespace_>(server).value();
    for (auto const& n : spaces) names.push_back(n->metadata.name);
    CHECK(names == std::vector<std::string>{"default", "kube-node-lease", "kube-public", "kube-system"});
    auto const service = api::get<kube::service>(server, {"default", "kubernetes"}).value();
    CHECK(service->spec.cluster_ip == "10.0.0.1");
    CHECK(service->spec.ports[0].target_port == object::int_or_string(6443));
    CHECK(service->metadata.labels.get("provider") == "kubernetes");
    CHECK(api::get<kube::priority_class>(server, {{}, "system-node-critical"}).value()->value ==
          2'000'001'000);
    CHECK(api::list<kube::priority_class>(server).value().size() == 2);
    REQUIRE(kube::bootstrap(server).has_value());
    CHECK(server.revision() == revision);
}

TEST_CASE("what a fresh cluster has comes back when it is deleted") {
    auto const clock = sim::virtual_clock();
    auto store = api::memory_store();
    auto const kinds = kube::registry();
    auto server =
        api::server(store, kinds, {.now = [clock] { return clock.now(); }, .seed = 1, .admission = {}});
    auto keeper = kube::bootstrap_keeper(server);
    auto const there = [&] { return api::get<kube::service>(server, {"default", "kubernetes"}).has_value(); };
    CHECK(keeper.step(clock.now()) == wake::at(clock.now() + seconds(10)));
    CHECK(there());
    REQUIRE(api::remove<kube::service>(server, {"default", "kubernetes"}));
    (void)keeper.step(clock.now() + seconds(9));
    CHECK(!there());
    (void)keeper.step(clock.now() + seconds(10));
    CHECK(there());
}

TEST_CASE("roles come back at a start and are not looked at again") {
    auto const clock = sim::virtual_clock();
    auto store = api::memory_store();
    auto const kinds = kube::registry();
    auto server =
        api::server(store, kinds, {.now = [clock] { return clock.now(); }, .seed = 1, .admission = {}});
    auto const there = [&] { return api::get<kube::cluster_role>(server, {{}, "view"}).has_value(); };
    auto keeper = kube::bootstrap_keeper(server);
    (void)keeper.step(clock.now());
    CHECK(there());
    REQUIRE(api::remove<kube::cluster_role>(server, {{}, "view"}));
    (void)keeper.step(clock.now() + minutes(1));
    CHECK_FALSE(there());
    auto next = kube::bootstrap_keeper(server);
    (void)next.step(clock.now() + minutes(2));
    CHECK(there());
}
