#pragma once

/// \file
/// The bodies of `berth/kube/policy/pod_disruption_budget/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/policy/pod_disruption_budget/controller.hpp>
#include <berth/object/label_selector_text.hpp>
#include <berth/reconcile/conditions.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace berth::kube::detail {

/// Whether an update changes how many pods a workload wants, or of which labels they are.
template <class Workload> auto is_recounted(Workload const& before, Workload const& after) -> bool {
    return before.spec.replicas != after.spec.replicas ||
           !(before.spec.template_.metadata.labels == after.spec.template_.metadata.labels) ||
           before.metadata.uid != after.metadata.uid;
}

inline auto budgets_of(reconcile::snapshot const& world, std::string_view namespace_,
                       object::string_map const& labels) -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const b : world.all_in<pod_disruption_budget>(namespace_))
        if (auto const s = object::to_selector(b->spec.selector); s && s->matches(labels))
            out.push_back(b->metadata.where());
    return out;
}

/// The count of one budget.
class disruption_count {
public:
    disruption_count(reconcile::snapshot const& world, reconcile::seen<pod_disruption_budget> budget)
        : world_(world), budget_(budget), next_(*budget) {}

    auto run() -> reconcile::plan {
        auto const selector = object::to_selector(budget_->spec.selector);
        if (!selector) {
            told_.push_back({"Warning", "NoPods", "Failed to get pods: " + selector.error().message});
            return fail_safe(selector.error().message);
        }
        pods_ = selected_pods(world_, budget_->metadata.namespace_, *selector);
        if (pods_.empty()) told_.push_back({"Normal", "NoPods", "No matching pods found"});
        if (auto const ok = expect(); !ok) {
            told_.push_back({"Warning", "CalculateExpectedPodCountFailed",
                             "Failed to calculate the number of expected pods: " + ok.error().message});
            return fail_safe(ok.error().message);
        }
        keep_disrupted();
        count_healthy();
        return finish();
    }

private:
    struct told {
        std::string type, reason, message;
    };

    /// Expected and desired numbers, as the budget words them.
    auto expect() -> result<void> {
        auto const& spec = budget_->spec;
        if (!spec.max_unavailable && spec.min_available && spec.min_available->is_number()) {
            set_counts(std::ssize(pods_), spec.min_available->number());
            return {};
        }
        if (!spec.max_unavailable && !spec.min_available) {
            set_counts(0, 0);
            return {};
        }
        auto const expected = expected_scale(world_, pods_);
        if (!expected) return std::unexpected(expected.error());
        if (expected->some_unmanaged)
            told_.push_back(
                {"Warning", "UnmanagedPods",
                 "Pods selected by this PodDisruptionBudget (selector: " + object::go_text(spec.selector) +
                     ") were found to be unmanaged. As a result, the status of the PDB cannot be "
                     "calculated correctly, which may result in undefined behavior. To account for "
                     "these pods please set \".spec.minAvailable\" field of the PDB to an integer "
                     "value."});
        auto const& bound = spec.max_unavailable ? *spec.max_unavailable : *spec.min_available;
        auto const part = bound.scaled(expected->count, object::rounding::up);
        if (!part) return std::unexpected(part.error());
        set_counts(expected->count,
                   spec.max_unavailable ? std::max<std::int64_t>(0, expected->count - *part) : *part);
        return {};
    }

    auto set_counts(std::int64_t expected, std::int64_t desired) -> void {
        auto const fit = [](std::int64_t n) {
            return static_cast<std::int32_t>(
                std::clamp<std::int64_t>(n, 0, std::numeric_limits<std::int32_t>::max()));
        };
        next_.status.expected_pods = fit(expected);
        next_.status.desired_healthy = fit(desired);
    }

    /// Keeps the pods whose eviction was granted a little while ago and which do not go yet.
    auto keep_disrupted() -> void {
        auto const& before = budget_->status.disrupted_pods;
        next_.status.disrupted_pods.clear();
        for (auto const& p : pods_) {
            auto const* const since = before.find(p->metadata.name);
            if (p->metadata.deleting() || since == nullptr) continue;
            auto const due = since->time() + disruption_controller::deletion_timeout;
            if (due < world_.now()) {
                late_.push_back(p);
                continue;
            }
            next_.status.disrupted_pods[p->metadata.name] = *since;
            plan_.look_again(due - world_.now() + nanoseconds(1));
        }
    }

    auto count_healthy() -> void {
        auto const leaves = [&](pod const& p) {
            auto const* const since = next_.status.disrupted_pods.find(p.metadata.name);
            return p.metadata.deleting() ||
                   (since != nullptr &&
                    since->time() + disruption_controller::deletion_timeout > world_.now());
        };
        auto const healthy = std::count_if(pods_.begin(), pods_.end(),
                                           [&](auto const& p) { return !leaves(*p) && is_ready(*p); });
        next_.status.current_healthy = static_cast<std::int32_t>(healthy);
    }

    auto set_allowed(bool allowed, std::string reason, std::string message) -> void {
        auto& conditions = next_.status.conditions;
        reconcile::set_condition(conditions,
                                 {.type = "DisruptionAllowed",
                                  .status = allowed ? "True" : "False",
                                  .reason = std::move(reason),
                                  .message = std::move(message)},
                                 world_.now());
        object::find_condition(conditions, "DisruptionAllowed")->observed_generation =
            next_.status.observed_generation;
    }

    /// A condition that fits the numbers stays as it is as long as they do.
    [[nodiscard]] auto is_settled() const -> bool {
        auto const* const c = object::find_condition(budget_->status.conditions, "DisruptionAllowed");
        return c != nullptr && next_.status == budget_->status &&
               c->status == (next_.status.disruptions_allowed > 0 ? "True" : "False");
    }

    auto finish() -> reconcile::plan {
        auto& s = next_.status;
        auto const surplus = s.current_healthy - s.desired_healthy;
        s.disruptions_allowed = s.expected_pods <= 0 ? 0 : std::max(0, surplus);
        s.observed_generation = budget_->metadata.generation;
        if (!is_settled())
            set_allowed(s.disruptions_allowed > 0,
                        s.disruptions_allowed > 0 ? "SufficientPods" : "InsufficientPods", {});
        return written();
    }

    /// Nobody may go as long as it is not known how many there should be.
    auto fail_safe(std::string const& why) -> reconcile::plan {
        next_.status.disruptions_allowed = 0;
        set_allowed(false, "SyncFailed", why);
        return written();
    }

    auto written() -> reconcile::plan {
        plan_.update_status(budget_, next_);
        if (plan_.empty()) return std::move(plan_);
        for (auto& t : told_)
            plan_.tell({reconcile::reference(budget_.ref().object), std::move(t.type), std::move(t.reason),
                        std::move(t.message), reconcile::note::when::always});
        for (auto const& p : late_)
            plan_.warn(p, "NotDeleted",
                       "Pod was expected by PDB " + budget_->metadata.where().to_string() +
                           " to be deleted but it wasn't");
        return std::move(plan_);
    }

    reconcile::snapshot const& world_;
    reconcile::seen<pod_disruption_budget> budget_;
    pod_disruption_budget next_;
    std::vector<reconcile::seen<pod>> pods_;
    std::vector<reconcile::seen<pod>> late_;
    std::vector<told> told_;
    reconcile::plan plan_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto disruption_controller::indexes() -> std::vector<reconcile::index> {
    return {pod_label_index()};
}

BERTH_DECL auto disruption_controller::keys_for(reconcile::snapshot const& world, pod const& p) const
    -> std::vector<object::key> {
    return detail::budgets_of(world, p.metadata.namespace_, p.metadata.labels);
}
BERTH_DECL auto disruption_controller::keys_for(reconcile::snapshot const& world, replica_set const& w) const
    -> std::vector<object::key> {
    return detail::budgets_of(world, w.metadata.namespace_, w.spec.template_.metadata.labels);
}
BERTH_DECL auto disruption_controller::keys_for(reconcile::snapshot const& world, deployment const& w) const
    -> std::vector<object::key> {
    return detail::budgets_of(world, w.metadata.namespace_, w.spec.template_.metadata.labels);
}
BERTH_DECL auto disruption_controller::keys_for(reconcile::snapshot const& world, stateful_set const& w) const
    -> std::vector<object::key> {
    return detail::budgets_of(world, w.metadata.namespace_, w.spec.template_.metadata.labels);
}
BERTH_DECL auto disruption_controller::keys_for(reconcile::snapshot const& world,
                                                replication_controller const& w) const
    -> std::vector<object::key> {
    if (!w.spec.template_) return {};
    return detail::budgets_of(world, w.metadata.namespace_, w.spec.template_->metadata.labels);
}

BERTH_DECL auto disruption_controller::matters(replica_set const& before, replica_set const& after) const
    -> bool {
    return detail::is_recounted(before, after);
}
BERTH_DECL auto disruption_controller::matters(deployment const& before, deployment const& after) const
    -> bool {
    return detail::is_recounted(before, after);
}
BERTH_DECL auto disruption_controller::matters(stateful_set const& before, stateful_set const& after) const
    -> bool {
    return detail::is_recounted(before, after);
}
BERTH_DECL auto disruption_controller::matters(replication_controller const& before,
                                               replication_controller const& after) const -> bool {
    return before.spec.replicas != after.spec.replicas || before.metadata.uid != after.metadata.uid ||
           !(before.spec.template_ == after.spec.template_);
}

BERTH_DECL auto disruption_controller::reconcile(reconcile::snapshot const& world, object::key const& k) const
    -> reconcile::plan {
    auto const budget = world.get<pod_disruption_budget>(k);
    if (!budget) return {};
    return detail::disruption_count(world, budget).run();
}

} // namespace berth::kube

namespace berth::kube::detail {

/// The condition of a pod that is to go and is still there, unless the kubelet has said so; or null.
inline auto disruption_of(pod const& p) -> pod_condition const* {
    if (!is_active(p)) return nullptr;
    auto const* const c = object::find_condition(p.status.conditions, "DisruptionTarget");
    return c != nullptr && c->status == "True" && c->reason != "TerminationByKubelet" ? c : nullptr;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto stale_disruption_controller::matters(reconcile::snapshot const&, pod const& p) const -> bool {
    return detail::disruption_of(p) != nullptr;
}

BERTH_DECL auto stale_disruption_controller::reconcile(reconcile::snapshot const& world,
                                                       object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const p = world.get<pod>(k);
    auto const* const c = p ? detail::disruption_of(*p) : nullptr;
    if (c == nullptr) return plan;
    auto const due = c->last_transition_time.time() + timeout;
    if (due > world.now()) return plan.look_again(due - world.now());
    auto next = *p;
    auto taken_back = *c;
    taken_back.status = "False";
    set_condition(next.status.conditions, std::move(taken_back), world.now());
    return plan.update_status(p, std::move(next));
}

} // namespace berth::kube
