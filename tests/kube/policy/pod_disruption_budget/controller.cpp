/// \file
/// Disruption budgets: how many pods may go, and disruptions that did not happen.

#include "../../vocabulary.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/policy/pod_disruption_budget/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::disruption_controller();

class make_budget : public maker<make_budget, kube::pod_disruption_budget> {
public:
    explicit make_budget(std::string name, std::string app = "web") : maker(std::move(name)) {
        value_.spec.selector.engage().match_labels["app"] = std::move(app);
        value_.metadata.generation = 3;
    }
    auto at_least(object::int_or_string n) -> make_budget& {
        return with([&](kube::pod_disruption_budget& b) { b.spec.min_available = std::move(n); });
    }
    auto at_most(object::int_or_string n) -> make_budget& {
        return with([&](kube::pod_disruption_budget& b) { b.spec.max_unavailable = std::move(n); });
    }
    auto granted(std::string const& pod, time_point at) -> make_budget& {
        return with(
            [&](kube::pod_disruption_budget& b) { b.status.disrupted_pods[pod] = object::timestamp(at); });
    }
};

auto pod_of(make_replica_set const& set, std::string name) -> make_pod {
    return make_pod(std::move(name)).label("app", "web").owned_by(set);
}

/// `allowed of healthy, wanted of expected`
auto counts(reconcile::plan const& p) -> std::string {
    auto const* const b = written<kube::pod_disruption_budget>(p);
    if (b == nullptr) return "nothing";
    auto const& s = b->status;
    return std::to_string(s.disruptions_allowed) + " of " + std::to_string(s.current_healthy) + ", " +
           std::to_string(s.desired_healthy) + " of " + std::to_string(s.expected_pods);
}

auto condition(reconcile::plan const& p) -> std::string {
    auto const& list = written<kube::pod_disruption_budget>(p)->status.conditions;
    return list.empty() ? ""
                        : list[0].type + " " + list[0].status + " " + list[0].reason + " " + list[0].message;
}

} // namespace

TEST_CASE("a number of pods that must be there is held against those that are") {
    auto w = world_of(make_budget("b").at_least(2), make_pod("a").label("app", "web").ready(),
                      make_pod("b").label("app", "web").ready(), make_pod("c").label("app", "web").ready(),
                      make_pod("d").label("app", "web"), make_pod("x").label("app", "other").ready());
    auto const plan = plan_of(controller, w, {"default", "b"});
    CHECK(steps_of(plan) == words{"update poddisruptionbudgets/status default/b"});
    CHECK(counts(plan) == "1 of 3, 2 of 4");
    CHECK(condition(plan) == "DisruptionAllowed True SufficientPods ");
    CHECK(written<kube::pod_disruption_budget>(plan)->status.observed_generation == 3);
    CHECK(notes_of(plan).empty());
}

TEST_CASE("a part is one of what the controllers of the pods want, each counted once") {
    auto const above = make_deployment("web", 7);
    auto const set = make_replica_set("web-1", 3).owned_by(above);
    auto const older = make_replica_set("web-0", 4).owned_by(above);
    auto const alone = make_replica_set("alone", 4);
    auto const pods = [&](auto& w) {
        w.add(pod_of(set, "a").ready().done());
        w.add(pod_of(set, "b").ready().done());
        w.add(pod_of(older, "c").ready().done());
        w.add(pod_of(alone, "d").ready().done());
    };
    auto w = world_of(make_budget("half").at_least("50%"), make_budget("some").at_most("10%"),
                      make_budget("one").at_most(1), above, set, older, alone);
    pods(w);
    CHECK(counts(plan_of(controller, w, {"default", "half"})) == "0 of 4, 6 of 11");
    CHECK(counts(plan_of(controller, w, {"default", "some"})) == "0 of 4, 9 of 11");
    CHECK(counts(plan_of(controller, w, {"default", "one"})) == "0 of 4, 10 of 11");
    CHECK(condition(plan_of(controller, w, {"default", "one"})) ==
          "DisruptionAllowed False InsufficientPods ");
}

TEST_CASE("stateful sets and replication controllers are counted as well") {
    auto set = kube::stateful_set();
    set.metadata.name = "db";
    set.metadata.namespace_ = "default";
    set.metadata.uid = "db";
    set.spec.replicas = 5;
    auto old = kube::replication_controller();
    old.metadata.name = "old";
    old.metadata.namespace_ = "default";
    old.metadata.uid = "old";
    old.spec.replicas = 2;
    auto mine = make_pod("a").label("app", "web").ready().done();
    mine.metadata.owner_references.push_back(reconcile::controlled_by(set));
    auto other = make_pod("b").label("app", "web").ready().done();
    other.metadata.owner_references.push_back(reconcile::controlled_by(old));
    auto w = world_of(make_budget("b").at_most(6));
    w.add(set);
    w.add(old);
    w.add(mine);
    w.add(other);
    CHECK(counts(plan_of(controller, w, {"default", "b"})) == "1 of 2, 1 of 7");
}

TEST_CASE("a pod that leaves, or whose eviction was granted, is not healthy") {
    auto const t = new_year + seconds(1000);
    auto w = world_of(make_budget("b")
                          .at_least(1)
                          .granted("granted", t - seconds(100))
                          .granted("late", new_year)
                          .granted("leaving", t - seconds(10))
                          .granted("gone", t),
                      make_pod("ready").label("app", "web").ready(),
                      make_pod("leaving").label("app", "web").ready().deleting(),
                      make_pod("granted").label("app", "web").ready(),
                      make_pod("late").label("app", "web").ready());
    auto const plan = plan_of(controller, w, {"default", "b"}, t);
    CHECK(counts(plan) == "1 of 2, 1 of 4");
    auto const& noted = written<kube::pod_disruption_budget>(plan)->status.disrupted_pods;
    REQUIRE(noted.size() == 1);
    CHECK(noted.contains("granted"));
    CHECK(notes_of(plan) == words{"NotDeleted"});
    REQUIRE(plan.again_after);
    CHECK(*plan.again_after > seconds(20));
    CHECK(*plan.again_after < seconds(21));
}

TEST_CASE("nothing to guard, and pods that nobody counts, are told") {
    auto w = world_of(make_budget("none", "nobody").at_least(1), make_budget("bare").at_most(1),
                      make_pod("a").label("app", "web").ready());
    auto const none = plan_of(controller, w, {"default", "none"});
    CHECK(counts(none) == "0 of 0, 1 of 0");
    CHECK(notes_of(none) == words{"NoPods"});
    auto const bare = plan_of(controller, w, {"default", "bare"});
    CHECK(counts(bare) == "0 of 1, 0 of 0");
    auto const* const told = std::get_if<reconcile::note>(&bare.steps.back());
    REQUIRE(told != nullptr);
    CHECK(told->reason == "UnmanagedPods");
    CHECK(told->message.starts_with(
        "Pods selected by this PodDisruptionBudget (selector: &LabelSelector{MatchLabels:"
        "map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},}) were found to be "
        "unmanaged. "));
}

TEST_CASE("a budget whose pods cannot be counted allows nothing, and says why") {
    auto const gone = make_replica_set("gone", 3);
    auto w = world_of(make_budget("b").at_most(2).with([](auto& b) { b.status.disruptions_allowed = 2; }),
                      pod_of(gone, "a").ready());
    auto const plan = plan_of(controller, w, {"default", "b"});
    CHECK(condition(plan) == "DisruptionAllowed False SyncFailed found no controllers for pod \"a\"");
    CHECK(counts(plan) == "0 of 0, 0 of 0");
    CHECK(notes_of(plan) == words{"CalculateExpectedPodCountFailed"});
    CHECK(written<kube::pod_disruption_budget>(plan)->status.observed_generation == 0);
}

TEST_CASE("pods of a kind that has no number of replicas cannot be counted") {
    auto p = make_pod("a").label("app", "web").done();
    auto& owner = p.metadata.owner_references.emplace_back();
    owner.api_version = "batch/v1";
    owner.kind = "Job";
    owner.name = owner.uid = "j";
    owner.controller = true;
    auto w = world_of(make_budget("b").at_most(2));
    w.add(p);
    CHECK(condition(plan_of(controller, w, {"default", "b"})) ==
          "DisruptionAllowed False SyncFailed jobs.batch does not implement the scale subresource");
}

TEST_CASE("a budget without a selector guards nothing, one with an empty selector everything") {
    auto w =
        world_of(make_budget("none").at_least(1).with([](auto& b) { b.spec.selector.reset(); }),
                 make_budget("all").at_least(1).with([](auto& b) { b.spec.selector->match_labels.clear(); }),
                 make_pod("a").ready(), make_pod("b").ready());
    CHECK(counts(plan_of(controller, w, {"default", "none"})) == "0 of 0, 1 of 0");
    CHECK(counts(plan_of(controller, w, {"default", "all"})) == "1 of 2, 1 of 2");
}

TEST_CASE("pods and templates concern the budgets that select them") {
    auto w = world_of(make_budget("b"), make_budget("other", "db"), make_budget("far").in("elsewhere"));
    auto const set = make_replica_set("web", 1);
    auto const expected = std::vector<object::key>{{"default", "b"}};
    CHECK(controller.keys_for(w.at(new_year), make_pod("p").label("app", "web").done()) == expected);
    CHECK(controller.keys_for(w.at(new_year), set.done()) == expected);
    CHECK(controller.matters(set.done(), make_replica_set("web", 2).done()));
    CHECK_FALSE(controller.matters(set.done(), make_replica_set("web", 1).counted(1, 1).done()));
}

TEST_CASE("a disruption that did not happen within two minutes is taken back") {
    auto const stale = kube::stale_disruption_controller();
    auto const look = [&](make_pod p, duration later) {
        auto w = world_of(p);
        return plan_of(stale, w, {"default", "p"}, new_year + later);
    };
    auto const condemned = [](std::string reason) {
        return make_pod("p").phase("Running").condition("DisruptionTarget", "True").with([&](kube::pod& p) {
            p.status.conditions[0].reason = std::move(reason);
        });
    };
    auto const early = look(condemned("EvictionByEvictionAPI"), seconds(90));
    CHECK(early.empty());
    CHECK(early.again_after == seconds(30));
    auto const plan = look(condemned("EvictionByEvictionAPI"), seconds(120));
    REQUIRE(written<kube::pod>(plan) != nullptr);
    auto const& c = written<kube::pod>(plan)->status.conditions[0];
    CHECK(c.status == "False");
    CHECK(c.last_transition_time.time() == new_year + seconds(120));
    CHECK(look(condemned("TerminationByKubelet"), seconds(500)).empty());
    CHECK(look(condemned("PreemptionByScheduler").phase("Failed"), seconds(500)).empty());
    CHECK(look(condemned("PreemptionByScheduler").deleting(), seconds(500)).empty());
    CHECK(look(make_pod("p").ready(), seconds(500)).empty());
    auto const nothing = reconcile::world();
    CHECK(stale.matters(nothing.at(new_year), condemned("EvictionByEvictionAPI").done()));
    CHECK_FALSE(stale.matters(nothing.at(new_year), condemned("TerminationByKubelet").done()));
    CHECK_FALSE(stale.matters(nothing.at(new_year), make_pod("p").ready().done()));
}

TEST_CASE("the controllers of disruptions keep the laws of controllers in random worlds") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto draw = berth::random_engine(11);
    auto const some = [&](std::uint64_t n) { return static_cast<int>(draw.below(n)); };
    for (auto round = 0; round < 40; ++round) {
        auto budget = make_budget("b");
        auto const bound = some(2) == 0 ? object::int_or_string(some(4))
                                        : object::int_or_string(std::to_string(some(101)) + "%");
        if (some(2) == 0) budget.at_least(bound);
        else budget.at_most(bound);
        auto const set = make_replica_set("web", some(6));
        auto w = some(4) == 0 ? world_of(budget) : world_of(budget, set);
        for (auto i = some(7); i > 0; --i) {
            auto p = some(4) == 0 ? make_pod("p" + std::to_string(i)).label("app", "web")
                                  : pod_of(set, "p" + std::to_string(i));
            if (some(2) == 0) p.ready();
            if (some(4) == 0) p.deleting();
            if (some(3) == 0) p.condition("DisruptionTarget", "True", new_year - seconds(some(300)));
            if (some(3) == 0) budget.granted("p" + std::to_string(i), new_year - seconds(some(300)));
            w.add(p.done());
        }
        w.add(budget.done());
        reconcile::laws::all(controller, w, {"default", "b"}, judge);
        reconcile::laws::all(kube::stale_disruption_controller(), w, {"default", "p1"}, judge);
    }
}
