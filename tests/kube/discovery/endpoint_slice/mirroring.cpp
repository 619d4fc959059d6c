/// \file
/// Slices that mirror Endpoints.

#include "../../network_vocabulary.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/discovery/endpoint_slice/mirroring.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::endpoint_slice_mirroring_controller();
object::key const web = {"default", "web"};

class make_endpoints : public maker<make_endpoints, kube::endpoints> {
public:
    make_endpoints() : maker("web") {}
    auto subset(words const& ready, words const& unready, std::string port) -> make_endpoints& {
        return with([&](kube::endpoints& e) {
            auto& s = e.subsets.emplace_back();
            for (auto const& a : ready) s.addresses.emplace_back().ip = a;
            for (auto const& a : unready) s.not_ready_addresses.emplace_back().ip = a;
            auto& p = s.ports.emplace_back();
            p.name = std::move(port);
            p.port = 80;
            p.protocol = "TCP";
        });
    }
};

auto mirror_of(reconcile::world& w) -> std::string {
    auto const plan = plan_of(controller, w, web);
    auto out = std::string();
    for (auto const& s : plan.steps) {
        auto const* const c = std::get_if<reconcile::create_step>(&s);
        if (c == nullptr) continue;
        auto const& made = c->object.as<kube::endpoint_slice>();
        out += made.address_type;
        for (auto const& e : made.endpoints) out += (*e.conditions.ready ? " " : " !") + e.addresses.front();
        out += "; ";
    }
    return out;
}

auto carry_out(reconcile::world& w, reconcile::plan const& p) -> void {
    for (auto const& s : p.steps)
        if (auto const* const c = std::get_if<reconcile::create_step>(&s)) {
            auto made = c->object.as<kube::endpoint_slice>();
            made.metadata.name = made.metadata.generate_name + made.address_type + *made.ports[0].name;
            w.add(made);
        }
}

} // namespace

TEST_CASE("Endpoints are mirrored by subset and type of address, with labels and annotations") {
    auto const e = make_endpoints()
                       .subset({"10.2.0.1", "fd00::1"}, {"10.2.0.2"}, "p")
                       .label("l", "m")
                       .annotation("a", "b")
                       .annotation("endpoints.kubernetes.io/last-change-trigger-time", "then");
    auto w = world_of(make_service("web").without_selector(), e);
    CHECK(mirror_of(w) == "IPv4 10.2.0.1 !10.2.0.2; IPv6 fd00::1; ");
    auto const plan = plan_of(controller, w, web);
    auto const& m = written<kube::endpoint_slice>(plan)->metadata;
    CHECK(m.labels.get("l") == "m");
    CHECK(m.labels.get("endpointslice.kubernetes.io/managed-by") ==
          "endpointslicemirroring-controller.k8s.io");
    CHECK(m.annotations.size() == 1);
    CHECK(object::controller_of(m)->kind == "Endpoints");
    carry_out(w, plan);
    CHECK(plan_of(controller, w, web).empty());
}

TEST_CASE("what changes is written into the slice that is there") {
    auto w = world_of(make_service("web").without_selector(), make_endpoints().subset({"10.2.0.1"}, {}, "p"));
    carry_out(w, plan_of(controller, w, web));
    w.add(make_endpoints().subset({"10.2.0.3"}, {}, "p").done());
    auto const plan = plan_of(controller, w, web);
    CHECK(steps_of(plan) == words{"update endpointslices default/web-IPv4p"});
    CHECK(written<kube::endpoint_slice>(plan)->endpoints[0].addresses[0] == "10.2.0.3");
    w.add(make_endpoints().subset({"10.2.0.3"}, {}, "q").done());
    CHECK(steps_of(plan_of(controller, w, web)) == words{"update endpointslices default/web-IPv4p"});
    w.add(make_endpoints().done());
    CHECK(steps_of(plan_of(controller, w, web)) == words{"delete endpointslices default/web-IPv4p"});
}

TEST_CASE("what is not to be mirrored has no slices") {
    auto const e = [] { return make_endpoints().subset({"10.2.0.1"}, {}, "p"); };
    auto w = world_of(make_service("web").without_selector(), e());
    carry_out(w, plan_of(controller, w, web));
    auto const removed = words{"delete endpointslices default/web-IPv4p"};
    w.add(e().label("endpointslice.kubernetes.io/skip-mirror", "true").done());
    CHECK(steps_of(plan_of(controller, w, web)) == removed);
    w.add(e().annotation("control-plane.alpha.kubernetes.io/leader", "me").done());
    CHECK(steps_of(plan_of(controller, w, web)) == removed);
    w.add(e().done());
    CHECK(plan_of(controller, w, web).empty());
    w.add(make_service("web").done());
    CHECK(steps_of(plan_of(controller, w, web)) == removed);
    w.follow<kube::service>().erase("default", "web");
    CHECK(steps_of(plan_of(controller, w, web)) == removed);
}

TEST_CASE("addresses beyond the most that are mirrored are left out, and that is told") {
    auto w = world_of(make_service("web").without_selector(),
                      make_endpoints().subset({"10.2.0.1", "10.2.0.2"}, {"10.2.0.3"}, "p"));
    auto few = kube::endpoint_slice_mirroring_controller();
    few.most_per_subset = 2;
    auto const plan = plan_of(few, w, web);
    CHECK(written<kube::endpoint_slice>(plan)->endpoints.size() == 2);
    CHECK(notes_of(plan) == words{"TooManyAddressesToMirror"});
}

TEST_CASE("services and slices concern the Endpoints of their name") {
    auto w = world_of(make_service("web").without_selector(), make_endpoints().subset({"10.2.0.1"}, {}, "p"));
    carry_out(w, plan_of(controller, w, web));
    auto const view = w.at(new_year);
    CHECK(controller.keys_for(view, make_service("web").done()) == std::vector{web});
    CHECK(controller.keys_for(view, *view.get<kube::endpoint_slice>("default", "web-IPv4p")) ==
          std::vector{web});
    CHECK(controller.matters(make_service("web").done(), make_service("web").without_selector().done()));
    CHECK_FALSE(controller.matters(make_service("web").done(), make_service("web").eager().done()));
}

TEST_CASE("the controller of mirrors keeps the laws of controllers in random worlds") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto draw = berth::random_engine(9);
    auto const some = [&](std::uint64_t n) { return static_cast<int>(draw.below(n)); };
    auto const addresses = [&] {
        auto out = words();
        for (auto i = some(4); i > 0; --i)
            out.push_back((some(3) == 0 ? "fd00::" : "10.2.0.") + std::to_string(some(9)));
        return out;
    };
    auto const drawn = [&] {
        auto e = make_endpoints();
        for (auto i = some(4); i > 0; --i) e.subset(addresses(), addresses(), std::string(1, "pq"[some(2)]));
        return e;
    };
    for (auto round = 0; round < 25; ++round) {
        auto w = world_of(make_service("web").without_selector(), drawn());
        carry_out(w, plan_of(controller, w, web));
        w.add(drawn().done());
        reconcile::laws::all(controller, w, web, judge);
    }
}
