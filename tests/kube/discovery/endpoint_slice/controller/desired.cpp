/// \file
/// The endpoints that a service should have.

#include "../../../network_vocabulary.hpp"

#include <berth/kube/discovery/endpoint_slice/controller/desired.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

/// The one endpoint of a service over some objects.
template <class... Makers> auto only(make_service const& s, Makers const&... makers) -> kube::endpoint {
    auto w = world_of(makers...);
    w.template follow<kube::node>();
    auto const view = w.at(new_year);
    auto pods = std::vector<reconcile::seen<kube::pod>>();
    for (auto const p : view.template all<kube::pod>()) pods.push_back(p);
    auto const found = kube::desired_of(view, s.done(), pods, "IPv4");
    REQUIRE(found.groups.size() == 1);
    REQUIRE(found.groups.begin()->second.endpoints.size() == 1);
    return found.groups.begin()->second.endpoints.begin()->second;
}

auto conditions(kube::endpoint const& e) -> std::string {
    auto const& c = e.conditions;
    return std::string(*c.ready ? "ready " : "") + (*c.serving ? "serving " : "") +
           (*c.terminating ? "terminating" : "");
}

} // namespace

TEST_CASE("an endpoint says what its pod can do, and where it is") {
    auto const s = make_service("web").port("http", 8080);
    auto const n = make_node("n").label("topology.kubernetes.io/zone", "z");
    auto const e = only(s, n, backend("a", "10.1.0.1").ready().with([](kube::pod& p) {
        p.spec.hostname = "h";
        p.spec.subdomain = "web";
    }));
    CHECK(e.addresses == std::vector<std::string>{"10.1.0.1"});
    CHECK(conditions(e) == "ready serving ");
    CHECK(*e.zone == "z");
    CHECK(*e.node_name == "n");
    CHECK(*e.hostname == "h");
    CHECK(e.target_ref->name == "a");
    CHECK(e.target_ref->uid == "uid-of-a");
    CHECK_FALSE(e.hints);
}

TEST_CASE("what leaves may serve, but is not ready, unless the service is eager") {
    auto const n = make_node("n");
    auto const leaving = backend("a", "10.1.0.1").ready().deleting();
    CHECK(conditions(only(make_service("web"), n, leaving)) == "serving terminating");
    CHECK(conditions(only(make_service("web").eager(), n, leaving)) == "ready serving terminating");
    CHECK(conditions(only(make_service("web").eager(), n, backend("a", "10.1.0.1"))) == "ready ");
}

TEST_CASE("hints say that endpoints are for their zone, or their node") {
    auto const n = make_node("n").label("topology.kubernetes.io/zone", "z");
    auto const p = backend("a", "10.1.0.1").ready();
    auto const preferring = [&](std::string wish) {
        return make_service("web").with(
            [&](kube::service& s) { s.spec.traffic_distribution = std::move(wish); });
    };
    auto const close = only(preferring("PreferClose"), n, p);
    REQUIRE(close.hints);
    CHECK(close.hints->for_zones[0].name == "z");
    CHECK(close.hints->for_nodes.empty());
    CHECK(only(preferring("PreferSameNode"), n, p).hints->for_nodes[0].name == "n");
    CHECK_FALSE(only(preferring("PreferClose"), n, backend("b", "10.1.0.2")).hints);
}

TEST_CASE("a pod on an unknown node is left out, unless the service is eager") {
    auto w = world_of(backend("a", "10.1.0.1").ready());
    w.follow<kube::node>();
    auto const view = w.at(new_year);
    auto const pods = std::vector{view.get<kube::pod>("default", "a")};
    auto const found = kube::desired_of(view, make_service("web").done(), pods, "IPv4");
    CHECK(found.without_node.size() == 1);
    REQUIRE(found.groups.size() == 1);
    CHECK(found.groups.begin()->second.endpoints.empty());
    auto const eager = kube::desired_of(view, make_service("web").eager().done(), pods, "IPv4");
    CHECK(eager.groups.begin()->second.endpoints.size() == 1);
}

TEST_CASE("a service has the types of its families, of its address, or both") {
    using types = std::vector<std::string_view>;
    CHECK(kube::address_types_of(make_service("s").family("IPv6").done()) == types{"IPv4", "IPv6"});
    auto const old = [](std::string address) {
        return make_service("s").with([&](kube::service& s) {
            s.spec.ip_families.clear();
            s.spec.cluster_ip = std::move(address);
        });
    };
    CHECK(kube::address_types_of(old("10.0.0.1").done()) == types{"IPv4"});
    CHECK(kube::address_types_of(old("fd00::1").done()) == types{"IPv6"});
    CHECK(kube::address_types_of(old("None").done()) == types{"IPv4", "IPv6"});
}

TEST_CASE("slices have the labels of their service, and those that tell whose they are") {
    auto const labels = kube::slice_labels(
        make_service("web").label("a", "b").label("kubernetes.io/service-name", "lie").headless().done(),
        "me");
    CHECK(labels.size() == 4);
    CHECK(labels.get("a") == "b");
    CHECK(labels.get("kubernetes.io/service-name") == "web");
    CHECK(labels.get("endpointslice.kubernetes.io/managed-by") == "me");
    CHECK(labels.contains("service.kubernetes.io/headless"));
}
