#pragma once

/// \file
/// The bodies of `berth/kube/policy/eviction/evict.hpp`.

#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/policy/eviction/evict.hpp>
#include <berth/kube/policy/pod_disruption_budget/type.hpp>

#include <string>
#include <utility>
#include <vector>

namespace berth::kube::detail {

/// How often a budget that somebody else wrote meanwhile is looked at again.
inline constexpr int most_budget_tries = 4;

/// More pods than these are not noted as going.
inline constexpr std::size_t most_disrupted_pods = 2000;

inline auto budget_refusal(std::string why, int retry_after_seconds) -> std::unexpected<error> {
    auto details = error_details{};
    details.retry_after_seconds = retry_after_seconds;
    details.causes.push_back({"DisruptionBudget", std::move(why), ""});
    return fail(error_code::too_many_requests,
                "Cannot evict pod as it would violate the pod's disruption budget.", std::move(details));
}

inline auto budget_unsettled(std::string const& name) -> std::unexpected<error> {
    return budget_refusal("The disruption budget " + name + " is still being processed by the server.", 10);
}

inline auto budget_forbidden(std::string const& name, std::string_view why) -> std::unexpected<error> {
    auto named = pod_disruption_budget::resource;
    named.plural = named.singular;
    return api::forbidden(named, name, why);
}

/// Tells whether pods may go, as a condition.
inline auto note_exhausted(pod_disruption_budget& b, time_point now) -> void {
    auto condition = object::condition{};
    condition.type = "DisruptionAllowed";
    condition.status = "False";
    condition.reason = "InsufficientPods";
    condition.observed_generation = b.status.observed_generation;
    condition.last_transition_time = object::timestamp(now);
    for (auto& c : b.status.conditions) {
        if (c.type != condition.type) continue;
        if (c.status == condition.status) condition.last_transition_time = c.last_transition_time;
        c = std::move(condition);
        return;
    }
    b.status.conditions.push_back(std::move(condition));
}

/// The eviction of one pod.
class pod_eviction {
public:
    pod_eviction(pod const& p, api::delete_options options, api::action_context const& about)
        : pod_(p), options_(std::move(options)), about_(about) {}

    auto run() -> result<void> {
        auto const& phase = pod_.status.phase;
        auto const over = is_finished(pod_) || pod_.metadata.deleting();
        if (over || phase == "Pending") return remove(!over);
        auto guarding = budgets();
        if (!guarding) return std::unexpected(std::move(guarding).error());
        if (guarding->size() > 1)
            return fail(error_code::unclassified, "This pod has more than one PodDisruptionBudget, which the "
                                              "eviction subresource does not support.");
        if (guarding->empty()) return remove(false);
        budget_ = guarding->front()->metadata().name;
        if (needs_no_budget(guarding->front().object.as<pod_disruption_budget>())) return remove(true);
        if (auto ok = take_from_budget(); !ok) return ok;
        return remove(false);
    }

private:
    [[nodiscard]] auto budgets() const -> result<std::vector<object::object_ref>> {
        auto all = about_.world.list(pod_disruption_budget::resource);
        if (!all) return all;
        std::erase_if(*all, [&](object::object_ref const& ref) {
            auto const& b = ref.object.as<pod_disruption_budget>();
            auto const selector = object::to_selector(b.spec.selector);
            return b.metadata.namespace_ != pod_.metadata.namespace_ || !selector ||
                   !selector->matches(pod_.metadata.labels);
        });
        return all;
    }

    /// A pod that is not ready is none of those that a budget counts on.
    [[nodiscard]] auto needs_no_budget(pod_disruption_budget const& b) const -> bool {
        if (is_ready(pod_)) return false;
        auto const& policy = b.spec.unhealthy_pod_eviction_policy;
        if (policy && *policy == "AlwaysAllow") return true;
        return b.status.current_healthy >= b.status.desired_healthy && b.status.desired_healthy > 0;
    }

    auto take_from_budget() const -> result<void> {
        for (auto tries = 1;; ++tries) {
            auto guarding = budgets();
            if (!guarding) return std::unexpected(std::move(guarding).error());
            if (guarding->empty()) return {};
            auto done = take_from(guarding->front());
            if (done || done.error().code != error_code::conflict) return done;
            if (tries == most_budget_tries) return budget_unsettled(budget_);
        }
    }

    auto take_from(object::object_ref const& seen) const -> result<void> {
        auto b = seen.object.as<pod_disruption_budget>();
        auto const& name = b.metadata.name;
        auto& s = b.status;
        if (s.observed_generation < b.metadata.generation) return budget_unsettled(name);
        if (s.disruptions_allowed < 0) return budget_forbidden(name, "pdb disruptions allowed is negative");
        if (s.disrupted_pods.size() > most_disrupted_pods)
            return budget_forbidden(
                name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        if (s.disruptions_allowed == 0)
            return budget_refusal("The disruption budget " + name + " needs " +
                                      std::to_string(s.desired_healthy) + " healthy pods and has " +
                                      std::to_string(s.current_healthy) + " currently",
                                  0);
        if (--s.disruptions_allowed == 0) note_exhausted(b, about_.now);
        if (options_.dry_run) return {};
        s.disrupted_pods[pod_.metadata.name] = object::timestamp(about_.now);
        auto done = about_.world.put_status(std::move(b), seen.rev);
        if (!done) return std::unexpected(std::move(done).error());
        return {};
    }

    /// `as_seen`: only if the pod is still as it was looked at.
    auto remove(bool as_seen) -> result<void> {
        auto const bound = as_seen && options_.expected_resource_version.empty();
        if (bound) options_.expected_resource_version = std::to_string(about_.seen);
        auto done = options_.dry_run ? result<void>() : tell();
        if (done) done = about_.world.remove(pod::resource, pod_.metadata.where(), options_);
        if (!done && bound && done.error().code == error_code::conflict) return budget_unsettled(budget_);
        return done;
    }

    /// Notes in the pod why it goes. Somebody who writes it meanwhile matters only if a revision is expected.
    auto tell() -> result<void> {
        auto p = pod_;
        set_condition(p.status.conditions,
                      disruption_target("EvictionByEvictionAPI", "Eviction API: evicting"), about_.now);
        auto& expected = options_.expected_resource_version;
        if (!expected.empty() && expected != std::to_string(about_.seen)) return {}; // the deletion says it
        auto done = about_.world.put_status(std::move(p), about_.seen);
        if (done && !expected.empty()) expected = std::to_string(*done);
        if (done || (expected.empty() && done.error().code == error_code::conflict)) return {};
        return std::unexpected(std::move(done).error());
    }

    pod const& pod_;
    api::delete_options options_;
    api::action_context const& about_;
    std::string budget_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto evict(pod& p, void const* body, api::action_context const& about)
    -> result<object::any_object> {
    auto const& e = *static_cast<eviction const*>(body);
    if (e.metadata.name != p.metadata.name)
        return api::bad_request("name in URL does not match name in Eviction object");
    auto options = e.delete_options ? api::options_of(*e.delete_options) : api::delete_options{};
    options.dry_run = options.dry_run || about.dry_run;
    auto done = detail::pod_eviction(p, std::move(options), about).run();
    if (!done) return std::unexpected(std::move(done).error());
    return object::any_object();
}

} // namespace berth::kube
