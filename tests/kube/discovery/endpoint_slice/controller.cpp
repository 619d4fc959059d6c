/// \file
/// The slices of services.

#include "../../network_vocabulary.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/discovery/endpoint_slice/controller.hpp>
#include <berth/reconcile/any_controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::endpoint_slice_controller();

auto plan_for(reconcile::world& w, kube::trigger_times const& before = {}) -> reconcile::plan {
    for (auto const* const type : reconcile::kinds_seen<kube::endpoint_slice_controller>()) w.follow(*type);
    for (auto& i : kube::endpoint_slice_controller::indexes()) w.follow(*i.type).add_index(std::move(i));
    return controller.reconcile(w.at(new_year), {"default", "web"}, before).plan;
}

/// Carries out a plan that creates and updates slices.
auto carry_out(reconcile::world& w, reconcile::plan const& p) -> void {
    for (auto const& s : p.steps)
        if (auto const* const c = std::get_if<reconcile::create_step>(&s)) {
            auto made = c->object.as<kube::endpoint_slice>();
            made.metadata.name = made.metadata.generate_name + made.address_type;
            w.add(made);
        } else if (auto const* const u = std::get_if<reconcile::update_step>(&s)) {
            w.add(u->object);
        }
}

auto shown(kube::endpoint_slice const& s) -> std::string {
    auto out = s.address_type;
    for (auto const& p : s.ports) out += " " + *p.name + ":" + std::to_string(*p.port);
    for (auto const& e : s.endpoints) out += " " + e.addresses.front();
    return out;
}

} // namespace

TEST_CASE("a service gets a slice of its pods' addresses and ports") {
    auto w = world_of(make_service("web").port("http", "http"), make_node("n"),
                      backend("a", "10.1.0.1").ready().with(named_port("http", 8080)),
                      backend("b", "10.1.0.2").with(named_port("http", 8080)),
                      backend("over", "10.1.0.3").phase("Failed"), make_pod("new").label("app", "web"),
                      make_pod("other").label("app", "db"));
    auto const plan = plan_for(w);
    CHECK(steps_of(plan) == words{"create endpointslices default/web-"});
    auto const& s = *written<kube::endpoint_slice>(plan);
    CHECK(shown(s) == "IPv4 http:8080 10.1.0.1 10.1.0.2");
    CHECK(object::controller_of(s.metadata)->uid == "uid-of-web");
    CHECK(s.metadata.labels.get("endpointslice.kubernetes.io/managed-by") ==
          "endpointslice-controller.k8s.io");
    CHECK(s.metadata.annotations.get("endpoints.kubernetes.io/last-change-trigger-time") ==
          "2026-01-01T00:00:00Z");
    carry_out(w, plan);
    CHECK(plan_for(w).empty());
}

TEST_CASE("pods with other ports are in other slices") {
    auto w = world_of(make_service("web").port("http", "http"), make_node("n"),
                      backend("a", "10.1.0.1").with(named_port("http", 8080)),
                      backend("b", "10.1.0.2").with(named_port("http", 9090)), backend("c", "10.1.0.3"));
    CHECK(steps_of(plan_for(w)).size() == 3);
}

TEST_CASE("where there are no endpoints an empty slice says so, and becomes the first one") {
    auto w = world_of(make_service("web").port("http", 80), make_node("n"));
    auto const plan = plan_for(w);
    CHECK(shown(*written<kube::endpoint_slice>(plan)) == "IPv4");
    carry_out(w, plan);
    CHECK(plan_for(w).empty());
    w.add(backend("a", "10.1.0.1").done());
    auto const next = plan_for(w);
    CHECK(steps_of(next) == words{"update endpointslices default/web-IPv4"});
    CHECK(shown(*written<kube::endpoint_slice>(next)) == "IPv4 http:80 10.1.0.1");
    carry_out(w, next);
    w.add(backend("a", "10.1.0.1").phase("Failed").done());
    CHECK(shown(*written<kube::endpoint_slice>(plan_for(w))) == "IPv4");
}

TEST_CASE("a service of two families has slices of both, one that it has no more is removed") {
    auto w = world_of(
        make_service("web").family("IPv6"), make_node("n"),
        backend("a", "10.1.0.1").with([](kube::pod& p) { p.status.pod_ips.emplace_back().ip = "fd00::1"; }));
    auto const plan = plan_for(w);
    CHECK(steps_of(plan).size() == 2);
    carry_out(w, plan);
    w.add(make_service("web").done());
    CHECK(steps_of(plan_for(w)) == words{"delete endpointslices default/web-IPv6"});
}

TEST_CASE("changes carry the time at which they were caused, or none") {
    auto w =
        world_of(make_service("web"), make_node("n"), backend("a", "10.1.0.1").ready(new_year + seconds(9)));
    plan_for(w);
    auto const first = controller.reconcile(w.at(new_year), {"default", "web"}, {});
    carry_out(w, first.plan);
    w.add(backend("b", "10.1.0.2").ready(new_year + seconds(20)).done());
    auto const second = controller.reconcile(w.at(new_year), {"default", "web"}, first.memory);
    CHECK(
        written<kube::endpoint_slice>(second.plan)->metadata.annotations.get(kube::trigger_time_annotation) ==
        "2026-01-01T00:00:20Z");
    carry_out(w, second.plan);
    w.add(backend("c", "10.1.0.3").done());
    auto const third = controller.reconcile(w.at(new_year), {"default", "web"}, second.memory);
    CHECK_FALSE(written<kube::endpoint_slice>(third.plan)
                    ->metadata.annotations.contains(kube::trigger_time_annotation));
}

TEST_CASE("services without pods of their choice are left alone, and so are slices of others") {
    auto w = world_of(make_service("web").without_selector(), backend("a", "10.1.0.1"));
    CHECK(plan_for(w).empty());
    w.add(make_service("web").with([](kube::service& s) { s.spec.type = "ExternalName"; }).done());
    CHECK(plan_for(w).empty());
    auto without = world_of(backend("a", "10.1.0.1"));
    CHECK(plan_for(without).empty());
}

TEST_CASE("a slice of an earlier service of the name is not adopted") {
    auto w = world_of(make_service("web"), make_node("n"), backend("a", "10.1.0.1"));
    carry_out(w, plan_for(w));
    w.add(make_service("web").uid("new").done());
    auto const plan = plan_for(w);
    CHECK(steps_of(plan) ==
          words{"create endpointslices default/web-", "delete endpointslices default/web-IPv4"});
}

TEST_CASE("what is left out because of its node is told with a change") {
    auto w = world_of(make_service("web"), backend("a", "10.1.0.1"));
    CHECK(notes_of(plan_for(w)).back() == "FailedToUpdateEndpointSlices");
}

TEST_CASE("pods, nodes and slices concern services") {
    auto w = world_of(make_service("web"), make_node("n"), backend("a", "10.1.0.1"));
    carry_out(w, plan_for(w));
    auto const view = w.at(new_year);
    auto const expected = std::vector<object::key>{{"default", "web"}};
    CHECK(controller.keys_for(view, backend("x", "10.1.0.9").done()) == expected);
    CHECK(controller.keys_for(view, make_node("n").done()) == expected);
    CHECK(controller.keys_for(view, make_node("m").done()).empty());
    CHECK(controller.keys_for(view, *view.get<kube::endpoint_slice>("default", "web-IPv4")) == expected);
    CHECK(controller.matters(make_node("n").done(),
                             make_node("n").label("topology.kubernetes.io/zone", "z").done()));
    CHECK_FALSE(controller.matters(make_node("n").done(), make_node("n").ready().done()));
}

TEST_CASE("the controller of slices keeps the laws of controllers in random worlds") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto draw = berth::random_engine(3);
    auto const some = [&](std::uint64_t n) { return static_cast<int>(draw.below(n)); };
    for (auto round = 0; round < 25; ++round) {
        auto s = make_service("web").port("http", "http");
        if (some(2) == 0) s.port("dns", 53, "UDP");
        if (some(3) == 0) s.family("IPv6");
        if (some(4) == 0) s.eager();
        if (some(6) == 0) s.headless();
        if (some(8) == 0) s.deleting().finalizer("mine");
        auto w = world_of(s, make_node("n"));
        for (auto i = some(9); i > 0; --i) {
            auto p = backend("p" + std::to_string(i), "10.1.0." + std::to_string(some(9)));
            if (some(2) == 0) p.ready();
            if (some(5) == 0) p.deleting();
            if (some(5) == 0) p.on("unknown");
            if (some(3) != 0) p.with(named_port("http", 8080 + some(2)));
            w.add(p.done());
        }
        if (some(2) == 0) {
            carry_out(w, plan_for(w));
            w.add(backend("late", "10.1.0.200").done());
        }
        auto small = kube::endpoint_slice_controller();
        small.most_per_slice = 2;
        reconcile::laws::all(small, w, {"default", "web"}, judge);
    }
}
