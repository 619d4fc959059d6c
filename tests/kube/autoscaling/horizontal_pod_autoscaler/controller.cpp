/// \file
/// Autoscalers: what they make of their targets, and what they say.

#include "../../autoscaling_vocabulary.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_replicas.hpp>
#include <berth/reconcile/any_controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using words = std::vector<std::string>;

namespace {

object::key const web = {"default", "web"};

/// The controller, given a queue of so many for an autoscaler's metric.
auto with_queue(make_autoscaler const& a, std::int64_t length) -> kube::horizontal_pod_autoscaler_controller {
    auto answers = std::make_shared<kube::metric_answers>();
    for (auto const& m : a.done().spec.metrics)
        answers->emplace(kube::query_of(m, "default", "app=web"), kube::metric_answer{{}, {length * 1000}});
    auto out = kube::horizontal_pod_autoscaler_controller();
    out.metrics = std::move(answers);
    return out;
}

auto decide(kube::horizontal_pod_autoscaler_controller const& c, reconcile::world& w,
            time_point now = new_year, kube::autoscaler_memory const& before = {})
    -> reconcile::decision<kube::autoscaler_memory> {
    for (auto const* const type : reconcile::kinds_seen<kube::horizontal_pod_autoscaler_controller>())
        w.follow(*type);
    for (auto& i : kube::horizontal_pod_autoscaler_controller::indexes())
        w.follow(*i.type).add_index(std::move(i));
    return c.reconcile(w.at(now), web, before);
}

/// `type status reason`, one for each condition.
auto conditions(reconcile::plan const& p) -> words {
    auto out = words();
    auto const* const a = written<kube::horizontal_pod_autoscaler>(p);
    if (a != nullptr)
        for (auto const& c : a->status.conditions) out.push_back(c.type + " " + c.status + " " + c.reason);
    return out;
}

auto replicas(reconcile::plan const& p) -> std::optional<std::int32_t> {
    auto const* const d = written<kube::deployment>(p);
    return d == nullptr ? std::nullopt : d->spec.replicas;
}

auto running(std::int32_t n) -> make_deployment {
    return make_deployment("web", n).with([n](kube::deployment& d) { d.status.replicas = n; });
}

} // namespace

TEST_CASE("a target is scaled to what its metrics call for, and that is told") {
    auto const a = make_autoscaler(1, 9).by_queue(10);
    auto w = world_of(a, running(2), worker("p"));
    auto const made = decide(with_queue(a, 40), w);
    CHECK(steps_of(made.plan) ==
          words{"update deployments default/web", "update horizontalpodautoscalers/status default/web"});
    CHECK(replicas(made.plan) == 4);
    CHECK(conditions(made.plan) == words{"AbleToScale True SucceededRescale",
                                         "ScalingActive True ValidMetricFound",
                                         "ScalingLimited False DesiredWithinRange"});
    auto const& s = written<kube::horizontal_pod_autoscaler>(made.plan)->status;
    CHECK(s.current_replicas == 2);
    CHECK(s.desired_replicas == 4);
    CHECK(s.last_scale_time->time() == new_year);
    CHECK(notes_of(made.plan) == words{"SuccessfulRescale", "FailedRescale"});
    auto const& n = std::get<reconcile::note>(made.plan.steps[1]);
    CHECK(n.message == "New size: 4; reason: external metric queue(nil) above target");
    CHECK(made.plan.again_after == seconds(15));
}

TEST_CASE("bounds count before metrics, and a target of none is left alone") {
    auto const a = make_autoscaler(3, 5).by_queue(10);
    auto few = world_of(a, running(1), worker("p"));
    auto const up = decide({}, few);
    CHECK(replicas(up.plan) == 3);
    CHECK(std::get<reconcile::note>(up.plan.steps[1]).message ==
          "New size: 3; reason: Current number of replicas below Spec.MinReplicas");
    auto many = world_of(a, running(8), worker("p"));
    CHECK(replicas(decide({}, many).plan) == 5);
    auto none = world_of(a, running(0));
    auto const off = decide({}, none);
    CHECK_FALSE(replicas(off.plan));
    CHECK(conditions(off.plan) ==
          words{"AbleToScale True SucceededGetScale", "ScalingActive False ScalingDisabled"});
}

TEST_CASE("without a metrics API, or a target, an autoscaler says what is wrong") {
    auto const a = make_autoscaler(1, 5).by_cpu(50);
    auto w = world_of(a, running(2), worker("p"));
    auto const made = decide({}, w);
    CHECK(conditions(made.plan) ==
          words{"AbleToScale True SucceededGetScale", "ScalingActive False FailedGetResourceMetric"});
    CHECK(notes_of(made.plan) == words{"FailedGetResourceMetric", "FailedComputeMetricsReplicas"});
    CHECK(written<kube::horizontal_pod_autoscaler>(made.plan)->status.conditions[1].message ==
          "the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get "
          "metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not "
          "find the requested resource (get pods.metrics.k8s.io)");
    auto alone = world_of(a);
    auto const lost = decide({}, alone);
    CHECK(conditions(lost.plan) == words{"AbleToScale False FailedGetScale"});
    CHECK(std::get<reconcile::note>(lost.plan.steps.back()).message == "deployments.apps \"web\" not found");
    w.add(*written<kube::horizontal_pod_autoscaler>(made.plan));
    CHECK(decide({}, w, new_year + seconds(15)).plan.empty());
}

TEST_CASE("rates remember what was changed, but not what was refused") {
    auto const a = make_autoscaler(1, 50).by_queue(1).at_most(2, 2);
    auto w = world_of(a, running(2), worker("p"));
    auto const c = with_queue(a, 40);
    auto const first = decide(c, w);
    CHECK(replicas(first.plan) == 4);
    auto const again = decide(c, w, new_year + seconds(15), first.memory);
    CHECK(replicas(again.plan) == 4);
    w.add(running(4).done());
    auto const done = decide(c, w, new_year + seconds(30), again.memory);
    CHECK_FALSE(replicas(done.plan));
    CHECK(conditions(done.plan).back() == "ScalingLimited True ScaleUpLimit");
    CHECK(replicas(decide(c, w, new_year + seconds(90), done.memory).plan) == 6);
}

TEST_CASE("a target that cannot be scaled is a condition, and is tried again later") {
    auto const a = make_autoscaler(1, 9).by_queue(10);
    auto w = world_of(a, running(2), worker("p"));
    auto const c = with_queue(a, 40);
    auto const first = decide(c, w);
    auto const failures =
        std::vector<reconcile::failure>{{first.plan.steps[0], {error_code::forbidden, "no", {}}}};
    auto const second = c.reconcile(w.at(new_year, failures), web, first.memory).plan;
    CHECK_FALSE(replicas(second));
    CHECK(conditions(second)[0] == "AbleToScale False FailedUpdateScale");
}

TEST_CASE("two autoscalers of one target scale nothing, nor does one without a selector") {
    auto const a = make_autoscaler(1, 9).by_queue(10);
    auto w = world_of(a, running(2), worker("p"));
    w.add(make_autoscaler(1, 9).with([](auto& o) { o.metadata.name = "other"; }).done());
    auto const both = decide(with_queue(a, 40), w);
    CHECK(conditions(both.plan).back() == "ScalingActive False AmbiguousSelector");
    auto blind = world_of(a, running(2).with([](kube::deployment& d) { d.spec.selector.engage() = {}; }));
    CHECK(conditions(decide(with_queue(a, 40), blind).plan).back() == "ScalingActive False InvalidSelector");
}

TEST_CASE("the controller of autoscalers keeps the laws of controllers in random worlds") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto draw = berth::random_engine(13);
    auto const some = [&](std::uint64_t n) { return static_cast<int>(draw.below(n)); };
    for (auto round = 0; round < 30; ++round) {
        auto a = make_autoscaler(some(4), 4 + some(20));
        a.by_queue(1 + some(5));
        if (some(3) == 0) a.by_cpu(50);
        if (some(2) == 0) a.at_most(1 + some(9), 1 + some(9), some(2) * 300);
        auto w = some(6) == 0 ? world_of(a) : world_of(a, running(some(12)));
        for (auto i = some(6); i > 0; --i) {
            auto p = worker("p" + std::to_string(i));
            if (some(4) == 0) p.phase("Pending");
            w.add(p.done());
        }
        reconcile::laws::all(with_queue(a, some(60)), w, web, judge);
    }
}

TEST_CASE("what has a scale is scaled by it, as soon as that is known") {
    static constexpr auto widgets = object::resource_name{"example.com", "v1", "Widget", "widgets", "widget"};
    auto a = make_autoscaler(1, 9).by_queue(10).with([](kube::horizontal_pod_autoscaler& o) {
        o.spec.scale_target_ref.api_version = "example.com/v1";
        o.spec.scale_target_ref.kind = "Widget";
    });
    auto c = with_queue(a, 40);
    auto const scales = [&](std::int32_t desired) {
        auto const q = kube::scale_query_of("default", a.done().spec.scale_target_ref);
        return std::make_shared<kube::scale_answers const>(kube::scale_answers{
            {q,
             kube::scale_answer{{.desired = desired, .current = desired, .selector = "app=web"}, &widgets}}});
    };
    auto w = world_of(a, worker("p"));
    c.scales = std::make_shared<kube::scale_answers const>();
    auto const early = decide(c, w).plan;
    CHECK(early.empty());
    CHECK(early.again_after == seconds(1));
    c.scales = scales(2);
    auto const made = decide(c, w).plan;
    CHECK(steps_of(made) ==
          words{"patch widgets/scale default/web", "update horizontalpodautoscalers/status default/web"});
    CHECK(std::get<reconcile::patch_step>(made.steps[0]).body == R"({"spec":{"replicas":4}})");
    CHECK(notes_of(made) == words{"SuccessfulRescale", "FailedRescale"});
    c.scales = scales(4);
    CHECK(steps_of(decide(c, w).plan) == words{"update horizontalpodautoscalers/status default/web"});
}
