#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/validation/update.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/validation/update.hpp>

namespace berth::kube::detail {

template <class T> auto shown_if_there(T const& value) -> shown_value {
    return value ? shown_internal(*value) : shown_value::null();
}

/// Checks that a member is what it was.
template <class T>
auto validate_kept(T const& now, T const& before, std::string_view name, field_errors& errors) -> void {
    if (!(now == before)) errors.invalid(spec_path.child(name), shown_if_there(now), immutable);
}

/// The number of completions changes only for indexed jobs, together with the parallelism.
inline auto validate_completions_update(job_spec const& now, job_spec const& before, field_errors& errors)
    -> void {
    if (!is_indexed(now)) return validate_kept(now.completions, before.completions, "completions", errors);
    if (now.completions == before.completions || !now.completions) return;
    if (*now.completions != now.parallelism.value_or(0))
        errors.invalid(spec_path.child("completions"), *now.completions,
                       "can only be modified in tandem with spec.parallelism");
}

/// Containers of the same number may get other resources.
template <class Containers> auto free_resources(Containers& before, Containers const& now) -> void {
    if (before.size() != now.size()) return;
    for (std::size_t i = 0; i < before.size(); ++i) before[i].resources = now[i].resources;
}

/// The template as it was, but with what may change while a job is suspended and has never begun: where its
/// pods may run, what their containers get, and their metadata.
inline auto with_free_parts(pod_template_spec before, pod_template_spec const& now) -> pod_template_spec {
    if (now.spec.affinity) {
        before.spec.affinity.engage().node_affinity = now.spec.affinity->node_affinity;
    } else if (before.spec.affinity) {
        before.spec.affinity->node_affinity.reset();
        if (*before.spec.affinity == affinity()) before.spec.affinity.reset();
    }
    free_resources(before.spec.init_containers, now.spec.init_containers);
    free_resources(before.spec.containers, now.spec.containers);
    before.spec.node_selector = now.spec.node_selector;
    before.spec.tolerations = now.spec.tolerations;
    before.spec.scheduling_gates = now.spec.scheduling_gates;
    before.metadata.annotations = now.metadata.annotations;
    before.metadata.labels = now.metadata.labels;
    return before;
}

inline auto validate_template_update(job const& now, job const& before, field_errors& errors) -> void {
    auto const free = before.spec.suspend.value_or(false) && !before.status.start_time;
    auto const& made = now.spec.template_;
    auto const kept = free ? with_free_parts(before.spec.template_, made) : before.spec.template_;
    auto const at = spec_path.child("template");
    if (!(made.spec == kept.spec))
        errors.invalid(at.child("spec"), shown_value::bare(internal_json(made.spec)), immutable);
    else if (!(made == kept)) errors.invalid(at, shown_internal(made), immutable);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_update(job const& now, job const& before, api::field_errors& errors) -> void {
    validate(now, errors);
    detail::validate_job_spec(now.spec, errors);
    detail::validate_completions_update(now.spec, before.spec, errors);
    detail::validate_fixed_selector(now.spec.selector, before.spec.selector, errors);
    detail::validate_template_update(now, before, errors);
    auto const& s = now.spec;
    auto const& old = before.spec;
    detail::validate_kept(s.completion_mode, old.completion_mode, "completionMode", errors);
    detail::validate_kept(s.pod_failure_policy, old.pod_failure_policy, "podFailurePolicy", errors);
    detail::validate_kept(s.backoff_limit_per_index, old.backoff_limit_per_index, "backoffLimitPerIndex",
                          errors);
    detail::validate_kept(s.managed_by, old.managed_by, "managedBy", errors);
    detail::validate_kept(s.success_policy, old.success_policy, "successPolicy", errors);
}

} // namespace berth::kube
