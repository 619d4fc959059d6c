#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_replicas.hpp>
#include <berth/reconcile/conditions.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

/// The index of autoscalers by what they scale.
inline constexpr std::string_view autoscalers_by_target = "autoscalers-by-target";

inline auto target_entry(horizontal_pod_autoscaler const& a) -> std::string {
    auto const& to = a.spec.scale_target_ref;
    return a.metadata.namespace_ + "/" + to.kind + "/" + to.name;
}

/// A look at one autoscaler.
class autoscaling {
public:
    autoscaling(reconcile::snapshot const& world, reconcile::seen<horizontal_pod_autoscaler> of,
                horizontal_pod_autoscaler_options const& options, metric_answers const* answers,
                scale_answers const* scales, autoscaler_memory memory)
        : world_(world),
          of_(of),
          options_(options),
          answers_(answers),
          scales_(scales),
          memory_(std::move(memory)),
          next_(*of) {}

    auto run() -> reconcile::decision<autoscaler_memory> {
        auto const target =
            find_scale_target(world_, of_->metadata.namespace_, of_->spec.scale_target_ref, scales_);
        if (!target && target.error().code == error_code::unavailable) { // it will be soon
            plan_.look_again(std::min(options_.period, seconds(1)));
            return {std::move(plan_), std::move(memory_)};
        }
        if (target) {
            observe(memory_, of_->spec, target->state.desired, world_.now());
            scale(*target);
        } else {
            tell("Warning", "FailedGetScale", target.error().message);
            set("AbleToScale", "False", "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: " + target.error().message);
        }
        plan_.update_status(of_, std::move(next_));
        if (!plan_.empty())
            for (auto& n : notes_) plan_.tell(std::move(n));
        plan_.look_again(options_.period);
        return {std::move(plan_), std::move(memory_)};
    }

private:
    auto set(std::string type, std::string status, std::string reason, std::string message) -> void {
        reconcile::set_condition(next_.status.conditions,
                                 {std::move(type), std::move(status), std::move(reason), std::move(message)},
                                 world_.now());
    }

    auto tell(std::string type, std::string reason, std::string message) -> void {
        notes_.push_back({reconcile::reference(of_.ref().object), std::move(type), std::move(reason),
                          std::move(message), reconcile::note::when::always});
    }

    auto scale(scale_target const& target) -> void {
        set("AbleToScale", "True", "SucceededGetScale",
            "the HPA controller was able to get the target's current scale");
        next_.status.current_metrics.clear();
        next_.status.observed_generation.reset();
        auto const current = target.state.desired;
        auto const least = of_->spec.min_replicas.value_or(1);
        auto const most = of_->spec.max_replicas;
        if (current == 0 && least != 0) {
            set("ScalingActive", "False", "ScalingDisabled",
                "scaling is disabled since the replica count of the target is zero");
            return finish(target, current, "");
        }
        if (current > most) return finish(target, most, "Current number of replicas above Spec.MaxReplicas");
        if (current < least)
            return finish(target, least, "Current number of replicas below Spec.MinReplicas");
        by_metrics(target, {current, 0, least, most});
    }

    auto by_metrics(scale_target const& target, wanted_count w) -> void {
        auto const pods = pods_of(target);
        if (!pods) {
            next_.status.current_replicas = w.current;
            return tell("Warning", "FailedComputeMetricsReplicas", pods.error().message);
        }
        auto const work =
            scaled_workload{*pods, w.current, target.state.current, world_.now(), calculation()};
        auto found = replicas_for(*of_, work, target.state.selector, answers_);
        next_.status.current_metrics = std::move(found.statuses);
        for (auto const& p : found.problems) tell("Warning", p.reason, p.why);
        if (!found.replicas) return give_up(w.current, found);
        set("ScalingActive", "True", "ValidMetricFound",
            "the HPA was able to successfully calculate a replica count from " + found.metric);
        w.desired = std::max(0, *found.replicas);
        auto reason = std::string();
        if (w.desired > w.current) reason = found.metric + " above target";
        if (w.desired < w.current) reason = "All metrics below target";
        auto const steady = stabilize(memory_, of_->spec, w, options_.downscale_stabilization, world_.now());
        set("AbleToScale", "True", steady.reason, steady.message);
        w.desired = steady.count;
        auto const bounded = limit(memory_, of_->spec, w, world_.now());
        set("ScalingLimited", bounded.count == steady.count ? "False" : "True", bounded.reason,
            bounded.message);
        finish(target, bounded.count, std::move(reason));
    }

    [[nodiscard]] auto calculation() const -> replica_calculation_options {
        auto out = options_.calculation;
        auto const& b = of_->spec.behavior;
        if (b && b->scale_up && b->scale_up->tolerance)
            out.tolerance_up = b->scale_up->tolerance->to_double();
        if (b && b->scale_down && b->scale_down->tolerance)
            out.tolerance_down = b->scale_down->tolerance->to_double();
        return out;
    }

    /// The pods of the target, if no other autoscaler has them.
    auto pods_of(scale_target const& target) -> result<std::vector<reconcile::seen<pod>>> {
        auto const& text = target.state.selector;
        auto const refuse = [&](std::string event, std::string reason, std::string why, std::string message) {
            tell("Warning", std::move(event), why);
            set("ScalingActive", "False", std::move(reason), std::move(message));
            return fail(error_code::invalid, std::move(why));
        };
        if (text.empty())
            return refuse("SelectorRequired", "InvalidSelector", "selector is required",
                          "the HPA target's scale is missing a selector");
        auto const selector = object::selector::parse(text);
        if (!selector) {
            auto const why = "couldn't convert selector into a corresponding internal selector object: " +
                             selector.error().message;
            return refuse("InvalidSelector", "InvalidSelector", why, why);
        }
        auto const& namespace_ = of_->metadata.namespace_;
        auto pods = selected_pods(world_, namespace_, *selector);
        auto const rivals =
            world_.where<horizontal_pod_autoscaler>(autoscalers_by_target, target_entry(*of_));
        if (rivals.size() > 1 && !pods.empty()) {
            auto const why =
                "pods by selector " + text + " are controlled by multiple HPAs: [" + names_of(rivals) + "]";
            return refuse("AmbiguousSelector", "AmbiguousSelector", why, why);
        }
        return pods;
    }

    static auto names_of(reconcile::objects<horizontal_pod_autoscaler> const& all) -> std::string {
        auto names = std::vector<std::string>();
        for (auto const a : all) names.push_back("{" + a->metadata.name + " " + a->metadata.namespace_ + "}");
        std::sort(names.begin(), names.end());
        auto out = std::string();
        for (auto const& n : names) out += (out.empty() ? "" : " ") + n;
        return out;
    }

    /// No count is to be trusted: the first problem is the condition.
    auto give_up(std::int32_t current, metric_replicas const& found) -> void {
        next_.status.current_replicas = current;
        if (found.problems.empty()) return;
        auto const& first = found.problems.front();
        set("ScalingActive", "False", first.reason,
            "the HPA was unable to compute the replica count: " + first.why);
        tell("Warning", "FailedComputeMetricsReplicas",
             "invalid metrics (" + std::to_string(found.problems.size()) + " invalid out of " +
                 std::to_string(of_->spec.metrics.size()) + "), first error is: " + first.said);
    }

    /// Why the target could not be scaled when that was last tried.
    [[nodiscard]] auto refusal(scale_target const& target) const -> reconcile::failure const* {
        for (auto const& f : world_.failures())
            if (auto const* const r = reconcile::resource_of(f.what);
                r != nullptr && *r == *target.where.resource)
                return &f;
        return nullptr;
    }

    auto finish(scale_target const& target, std::int32_t desired, std::string const& reason) -> void {
        auto const current = target.state.desired;
        next_.status.current_replicas = current;
        auto const rescale = desired != current;
        if (auto const* const failed = rescale ? refusal(target) : nullptr)
            return set("AbleToScale", "False", "FailedUpdateScale",
                       "the HPA controller was unable to update the target scale: " + failed->why.message);
        next_.status.desired_replicas = desired;
        if (!rescale) return;
        auto const size = "New size: " + std::to_string(desired) + "; reason: " + reason;
        plan_.steps.push_back(target.give(desired));
        plan_.tell(of_, "SuccessfulRescale", size);
        plan_.warn(of_, "FailedRescale", size + "; error: {error}", reconcile::note::when::failed);
        set("AbleToScale", "True", "SucceededRescale",
            "the HPA controller was able to update the target scale to " + std::to_string(desired));
        next_.status.last_scale_time = object::timestamp(world_.now());
        memory_.wanted = replica_change{world_.now(), current, desired};
    }

    reconcile::snapshot const& world_;
    reconcile::seen<horizontal_pod_autoscaler> of_;
    horizontal_pod_autoscaler_options const& options_;
    metric_answers const* answers_;
    scale_answers const* scales_;
    autoscaler_memory memory_;
    horizontal_pod_autoscaler next_;
    std::vector<reconcile::note> notes_;
    reconcile::plan plan_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto horizontal_pod_autoscaler_controller::indexes() -> std::vector<reconcile::index> {
    return {pod_label_index(), reconcile::index_of<horizontal_pod_autoscaler>(
                                   std::string(detail::autoscalers_by_target), &detail::target_entry)};
}

BERTH_DECL auto horizontal_pod_autoscaler_controller::reconcile(reconcile::snapshot const& world,
                                                                object::key const& k,
                                                                autoscaler_memory const& before) const
    -> reconcile::decision<autoscaler_memory> {
    auto const of = world.get<horizontal_pod_autoscaler>(k);
    if (!of) return {};
    auto const answers = latest == nullptr ? metrics : latest->get();
    auto const known = latest == nullptr ? scales : latest->scales();
    return detail::autoscaling(world, of, options, answers.get(), known.get(), before).run();
}

} // namespace berth::kube
