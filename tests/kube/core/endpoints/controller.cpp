/// \file
/// The Endpoints of services.

#include "../../network_vocabulary.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/core/endpoints/controller.hpp>
#include <berth/reconcile/any_controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::endpoints_controller();

auto plan_for(reconcile::world& w, std::size_t most = 1000) -> reconcile::plan {
    for (auto const* const type : reconcile::kinds_seen<kube::endpoints_controller>()) w.follow(*type);
    for (auto& i : kube::endpoints_controller::indexes()) w.follow(*i.type).add_index(std::move(i));
    return kube::endpoints_controller{most}.reconcile(w.at(new_year), {"default", "web"}, {}).plan;
}

auto shown(reconcile::plan const& p) -> std::string {
    auto const* const e = written<kube::endpoints>(p);
    if (e == nullptr) return "nothing";
    auto out = std::string();
    for (auto const& s : e->subsets) {
        for (auto const& port : s.ports) out += port.name + ":" + std::to_string(port.port) + " ";
        for (auto const& a : s.addresses) out += a.ip + " ";
        for (auto const& a : s.not_ready_addresses) out += "(" + a.ip + ") ";
    }
    return out;
}

auto by_hand() -> kube::endpoints {
    auto e = kube::endpoints();
    e.metadata.name = "web";
    e.metadata.namespace_ = "default";
    e.metadata.uid = "by-hand";
    return e;
}

} // namespace

TEST_CASE("a service gets the addresses of its pods, by what they can do") {
    auto w = world_of(make_service("web").port("http", "http").port("fix", 9000).label("l", "m"),
                      backend("a", "10.1.0.1").ready().with(named_port("http", 8080)),
                      backend("b", "10.1.0.2").with(named_port("http", 8080)),
                      backend("c", "10.1.0.3").ready(), backend("leaving", "10.1.0.4").ready().deleting());
    auto const plan = plan_for(w);
    CHECK(steps_of(plan) == words{"create endpoints default/web"});
    CHECK(shown(plan) == "fix:9000 10.1.0.1 10.1.0.3 (10.1.0.2) http:8080 10.1.0.1 (10.1.0.2) ");
    auto const& m = written<kube::endpoints>(plan)->metadata;
    CHECK(m.labels.get("l") == "m");
    CHECK(m.labels.get("endpoints.kubernetes.io/managed-by") == "endpoint-controller");
    CHECK_FALSE(m.labels.contains("service.kubernetes.io/headless"));
    CHECK(m.annotations.contains("endpoints.kubernetes.io/last-change-trigger-time"));
    w.add(*written<kube::endpoints>(plan));
    CHECK(plan_for(w).empty());
}

TEST_CASE("an eager service publishes what is not ready and what leaves") {
    auto w = world_of(make_service("web").port("p", 80).eager(), backend("a", "10.1.0.1"),
                      backend("leaving", "10.1.0.4").deleting());
    CHECK(shown(plan_for(w)) == "p:80 10.1.0.1 10.1.0.4 ");
}

TEST_CASE("a headless service may have no ports, and its pods names") {
    auto w = world_of(make_service("web").headless(), backend("a", "10.1.0.1").ready().with([](kube::pod& p) {
        p.spec.hostname = "h";
        p.spec.subdomain = "web";
    }));
    auto const plan = plan_for(w);
    CHECK(shown(plan) == "10.1.0.1 ");
    CHECK(written<kube::endpoints>(plan)->subsets[0].addresses[0].hostname == "h");
    CHECK(written<kube::endpoints>(plan)->metadata.labels.contains("service.kubernetes.io/headless"));
}

TEST_CASE("only addresses of the first family are there") {
    auto w = world_of(
        make_service("web").port("p", 80).with([](kube::service& s) { s.spec.ip_families = {"IPv6"}; }),
        backend("a", "10.1.0.1"), backend("b", "fd00::1"));
    CHECK(shown(plan_for(w)) == "p:80 (fd00::1) ");
}

TEST_CASE("too many addresses are cut, and that is noted") {
    auto w = world_of(make_service("web").port("p", 80), backend("a", "10.1.0.1").ready(),
                      backend("b", "10.1.0.2"), backend("c", "10.1.0.3"));
    auto const plan = plan_for(w, 2);
    CHECK(shown(plan) == "p:80 10.1.0.1 (10.1.0.2) ");
    CHECK(written<kube::endpoints>(plan)->metadata.annotations.get("endpoints.kubernetes.io/over-capacity") ==
          "truncated");
    w.add(*written<kube::endpoints>(plan));
    CHECK(plan_for(w, 2).empty());
}

TEST_CASE("Endpoints go with the service of their name, those without one stay unseen") {
    auto w = reconcile::world(by_hand());
    CHECK(steps_of(plan_for(w)) == words{"delete endpoints default/web"});
    CHECK(controller.keys_for(w.at(new_year), by_hand()).empty());
    w.add(make_service("web").without_selector().done());
    CHECK(plan_for(w).empty());
    CHECK(controller.keys_for(w.at(new_year), by_hand()).size() == 1);
}

TEST_CASE("the controller of Endpoints keeps the laws of controllers in random worlds") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto draw = berth::random_engine(7);
    auto const some = [&](std::uint64_t n) { return static_cast<int>(draw.below(n)); };
    for (auto round = 0; round < 25; ++round) {
        auto s = make_service("web").port("http", "http").port("fix", 9000);
        if (some(4) == 0) s.eager();
        if (some(4) == 0) s.headless();
        auto w = some(6) == 0 ? reconcile::world(by_hand()) : world_of(s);
        if (some(3) == 0) w.add(by_hand());
        for (auto i = some(8); i > 0; --i) {
            auto p = backend("p" + std::to_string(i), "10.1.0." + std::to_string(some(5)));
            if (some(2) == 0) p.ready();
            if (some(5) == 0) p.deleting();
            if (some(2) == 0) p.with(named_port("http", 8080 + some(2)));
            w.add(p.done());
        }
        reconcile::laws::all(kube::endpoints_controller{3}, w, {"default", "web"}, judge);
    }
}
