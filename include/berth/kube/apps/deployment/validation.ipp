#pragma once

/// \file
/// The bodies of `berth/kube/apps/deployment/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/validation.hpp>

namespace berth::kube::detail {

inline auto validate_rolling_update(rolling_update_deployment const& r, field_path const& at,
                                    field_errors& errors) -> void {
    auto const unavailable = r.max_unavailable.value_or(0);
    auto const surge = r.max_surge.value_or(0);
    auto const field = at.child("maxUnavailable");
    validate_count(unavailable, field, errors);
    validate_count(surge, at.child("maxSurge"), errors);
    if (is_none(unavailable) && is_none(surge))
        errors.invalid(field, shown_count(unavailable), "may not be 0 when `maxSurge` is 0");
    validate_at_most_all(unavailable, field, errors);
}

inline auto validate_strategy(deployment_strategy const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const rolling = at.child("rollingUpdate");
    if (s.type == "Recreate") {
        if (s.rolling_update)
            errors.forbidden(rolling, "may not be specified when strategy `type` is 'Recreate'");
    } else if (s.type == "RollingUpdate") {
        if (!s.rolling_update) errors.required(rolling, "this should be defaulted and never be nil");
        else validate_rolling_update(*s.rolling_update, rolling, errors);
    } else {
        errors.not_supported(at, shown_internal(s),
                             object::field_of(&deployment_strategy::type).details->values);
    }
}

BERTH_DECL auto validate_deployment_spec(deployment_spec const& s, field_errors& errors) -> void {
    check_bounds(s, &deployment_spec::replicas, spec_path, errors);
    if (validate_selection(s.selector, s.template_, spec_path, errors))
        validate_lasting_template(s.template_, "ReplicaSet", spec_path.child("template"), errors);
    validate_strategy(s.strategy, spec_path.child("strategy"), errors);
    check_bounds(s, &deployment_spec::min_ready_seconds, spec_path, errors);
    check_bounds(s, &deployment_spec::revision_history_limit, spec_path, errors);
    if (!s.progress_deadline_seconds) return;
    auto const deadline = spec_path.child("progressDeadlineSeconds");
    check_bounds(s, &deployment_spec::progress_deadline_seconds, spec_path, errors);
    if (*s.progress_deadline_seconds <= s.min_ready_seconds)
        errors.invalid(deadline, *s.progress_deadline_seconds, "must be greater than minReadySeconds");
}

inline auto validate_deployment_counts(deployment_status const& s, field_path const& at, field_errors& errors)
    -> void {
    check_bounds(s, at, errors);
    constexpr auto why = "cannot be greater than status.replicas";
    validate_part(s.updated_replicas, s.replicas, "updatedReplicas", why, at, errors);
    validate_part(s.ready_replicas, s.replicas, "readyReplicas", why, at, errors);
    validate_part(s.available_replicas, s.replicas, "availableReplicas", why, at, errors);
    validate_part(s.available_replicas, s.ready_replicas, "availableReplicas",
                  "cannot be greater than readyReplicas", at, errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_status(deployment const& now, deployment const& before, api::field_errors& errors)
    -> void {
    auto const at = api::field_path("status");
    detail::validate_deployment_counts(now.status, at, errors);
    detail::validate_collisions(now.status.collision_count, before.status.collision_count, at, errors);
}

} // namespace berth::kube
