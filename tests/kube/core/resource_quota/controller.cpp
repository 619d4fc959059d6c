/// \file
/// Resource quotas, counted afresh.

#include "../../complaints.hpp"
#include "../../vocabulary.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/core/resource_quota/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::resource_quota_controller();

class make_quota : public maker<make_quota, kube::resource_quota> {
public:
    make_quota() : maker("q") {}
    auto limits(std::string_view resource, std::string_view amount) -> make_quota& {
        return with([&](kube::resource_quota& q) { q.spec.hard[resource] = quantity(amount); });
    }
    auto used(std::string_view resource, std::string_view amount) -> make_quota& {
        return with([&](kube::resource_quota& q) { q.status.used[resource] = quantity(amount); });
    }
    auto only(std::string scope) -> make_quota& {
        return with([&](kube::resource_quota& q) { q.spec.scopes.push_back(std::move(scope)); });
    }
};

auto asking(std::string name, std::string_view cpu) -> make_pod {
    return make_pod(std::move(name)).with([&](kube::pod& p) {
        p.spec.containers[0].resources.requests["cpu"] = quantity(cpu);
    });
}

template <class T> auto placed(std::string name) -> T {
    auto o = T();
    o.metadata.name = std::move(name);
    o.metadata.namespace_ = "default";
    return o;
}

auto amounts(kube::resource_list const& list) -> std::string {
    auto out = std::string();
    for (auto const& [resource, amount] : list) out += resource + "=" + amount.to_string() + " ";
    return out;
}

auto used(reconcile::plan const& p) -> std::string {
    auto const* const q = written<kube::resource_quota>(p);
    return q == nullptr ? "as it was" : amounts(q->status.used);
}

} // namespace

TEST_CASE("a new quota learns what is there") {
    auto w =
        world_of(make_quota().limits("pods", "5").limits("requests.cpu", "2").limits("count/configmaps", "1"),
                 asking("a", "500m"), asking("b", "1"), asking("over", "4").phase("Failed"),
                 asking("far", "8").in("elsewhere"));
    w.add(placed<kube::config_map>("one"));
    w.add(placed<kube::config_map>("two"));
    auto const plan = plan_of(controller, w, {"default", "q"});
    CHECK(steps_of(plan) == words{"update resourcequotas/status default/q"});
    CHECK(used(plan) == "count/configmaps=2 pods=2 requests.cpu=1500m ");
    CHECK(amounts(written<kube::resource_quota>(plan)->status.hard) ==
          "count/configmaps=1 pods=5 requests.cpu=2 ");
    CHECK(plan.again_after == minutes(5));
}

TEST_CASE("what is used no more is given back") {
    auto w = world_of(make_quota().limits("pods", "5").used("pods", "3").with([](kube::resource_quota& q) {
        q.status.hard = q.spec.hard;
    }),
                      make_pod("a"));
    CHECK(used(plan_of(controller, w, {"default", "q"})) == "pods=1 ");
    w.add(make_pod("b").done());
    w.add(make_pod("c").done());
    CHECK(used(plan_of(controller, w, {"default", "q"})) == "as it was");
}

TEST_CASE("only what is within its scopes is counted") {
    auto w = world_of(make_quota().limits("pods", "5").limits("services", "2").only("BestEffort"),
                      make_pod("free"), asking("paid", "1"));
    w.add(placed<kube::service>("s"));
    CHECK(used(plan_of(controller, w, {"default", "q"})) == "pods=1 services=0 ");
}

TEST_CASE("of a resource that nobody here uses the amount stays; what is limited no more is forgotten") {
    auto w = world_of(
        make_quota().limits("example.com/licences", "9").used("example.com/licences", "4").used("pods", "2"),
        make_pod("a"));
    CHECK(used(plan_of(controller, w, {"default", "q"})) == "example.com/licences=4 ");
}

TEST_CASE("quotas count themselves, and kinds of other groups") {
    auto w = world_of(make_quota().limits("resourcequotas", "1").limits("count/deployments.apps", "3"),
                      make_deployment("a", 1), make_deployment("b", 1));
    CHECK(used(plan_of(controller, w, {"default", "q"})) == "count/deployments.apps=2 resourcequotas=1 ");
}

TEST_CASE("objects concern the quotas that limit what they use, changes only where they tell") {
    auto w = world_of(make_quota().limits("pods", "5"));
    auto const view = w.at(new_year);
    auto const p = make_pod("a");
    CHECK(controller.keys_for(view, p.done()) == std::vector<object::key>{{"default", "q"}});
    CHECK(controller.keys_for(view, make_pod("a").in("elsewhere").done()).empty());
    CHECK(controller.keys_for(view, make_deployment("d", 1).done()).empty());
    CHECK_FALSE(controller.matters(p.done(), make_pod("a").ready().done()));
    auto there = world_of(make_quota().limits("pods", "5"), make_pod("a").phase("Succeeded"));
    CHECK(controller.keys_for(there.at(new_year), p.done()).size() == 1);
    CHECK(controller.keys_for(there.at(new_year), make_pod("a").phase("Succeeded").done()).empty());
    CHECK(controller.matters(p.done(), make_pod("a").phase("Succeeded").done()));
    CHECK_FALSE(controller.matters(make_deployment("d", 1).done(), make_deployment("d", 2).done()));
}

TEST_CASE("the controller of quotas keeps the laws of controllers in random worlds") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto draw = berth::random_engine(5);
    auto const some = [&](std::uint64_t n) { return static_cast<int>(draw.below(n)); };
    for (auto round = 0; round < 15; ++round) {
        auto q = make_quota();
        for (auto const* const resource : {"pods", "cpu", "services", "count/secrets", "example.com/x"})
            if (some(2) == 0) q.limits(resource, std::to_string(some(9)));
        if (some(3) == 0) q.only(some(2) == 0 ? "BestEffort" : "NotTerminating");
        auto w = world_of(q);
        for (auto i = some(6); i > 0; --i)
            w.add(asking("p" + std::to_string(i), std::to_string(some(3))).done());
        if (some(2) == 0) w.add(placed<kube::secret>("s"));
        reconcile::laws::all(controller, w, {"default", "q"}, judge);
    }
}
