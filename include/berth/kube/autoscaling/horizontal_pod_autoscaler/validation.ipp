#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/validation.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/validation/metrics.hpp>

namespace berth::kube::detail {

inline constexpr auto autoscaler_spec_path = field_path("spec");

/// What is let pass because it was so before.
struct autoscaler_leniency {
    std::int32_t lowest_minimum = 1;
    target_versions target = target_versions::with_group;
};

inline auto validate_scaling_policy(hpa_scaling_policy const& p, field_path const& at, field_errors& errors)
    -> void {
    check_allowed(p, &hpa_scaling_policy::type, at, errors);
    for (auto const& [name, n] :
         {std::pair(at.child("value"), p.value), std::pair(at.child("periodSeconds"), p.period_seconds)})
        if (n <= 0) errors.invalid(name, n, "must be greater than zero");
    auto const& period = object::field_of(&hpa_scaling_policy::period_seconds);
    if (p.period_seconds > period.details->maximum)
        check_bounds(p, &hpa_scaling_policy::period_seconds, at, errors);
}

inline auto validate_scaling_rules(object::boxed<hpa_scaling_rules> const& rules, field_path const& at,
                                   field_errors& errors) -> void {
    if (!rules) return;
    auto const window = at.child("stabilizationWindowSeconds");
    if (rules->stabilization_window_seconds.value_or(0) < 0)
        errors.invalid(window, *rules->stabilization_window_seconds, "must be greater than or equal to zero");
    else check_bounds(*rules, &hpa_scaling_rules::stabilization_window_seconds, at, errors);
    check_allowed(*rules, &hpa_scaling_rules::select_policy, at, errors);
    auto const policies = at.child("policies");
    auto const count = rules->policies ? rules->policies->size() : 0;
    if (count == 0) errors.required(policies, "must specify at least one Policy");
    for (std::size_t i = 0; i < count; ++i)
        validate_scaling_policy((*rules->policies)[i], policies.index(i), errors);
    if (rules->tolerance && rules->tolerance->sign() < 0)
        errors.invalid(at.child("tolerance"), rules->tolerance->to_string(), negative);
}

inline auto validate_autoscaler_spec(horizontal_pod_autoscaler_spec const& s, autoscaler_leniency allowed,
                                     field_errors& errors) -> void {
    auto const& at = autoscaler_spec_path;
    auto const most = at.child("maxReplicas");
    if (s.min_replicas && *s.min_replicas < allowed.lowest_minimum)
        errors.invalid(at.child("minReplicas"), *s.min_replicas,
                       "must be greater than or equal to " + std::to_string(allowed.lowest_minimum));
    if (s.max_replicas < 1) errors.required(most, "must be set and greater than 0");
    if (s.min_replicas && s.max_replicas < *s.min_replicas)
        errors.invalid(most, s.max_replicas, "must be greater than or equal to `minReplicas`");
    validate_target(s.scale_target_ref, allowed.target, at.child("scaleTargetRef"), errors);
    validate_metrics(s, at.child("metrics"), errors);
    if (!s.behavior) return;
    auto const behavior = at.child("behavior");
    validate_scaling_rules(s.behavior->scale_up, behavior.child("scaleUp"), errors);
    validate_scaling_rules(s.behavior->scale_down, behavior.child("scaleDown"), errors);
}

/// Of an autoscaler as it is or was.
inline auto own_leniency(horizontal_pod_autoscaler_spec const& s) -> autoscaler_leniency {
    auto out = autoscaler_leniency();
    if (s.scale_target_ref.kind == "ReplicationController") out.target = target_versions::any;
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(horizontal_pod_autoscaler const& a, api::field_errors& errors) -> void {
    detail::validate_autoscaler_spec(a.spec, detail::own_leniency(a.spec), errors);
}

BERTH_DECL auto validate_update(horizontal_pod_autoscaler const& now, horizontal_pod_autoscaler const& before,
                                api::field_errors& errors) -> void {
    auto allowed = detail::own_leniency(now.spec);
    if (before.spec.min_replicas == 0) allowed.lowest_minimum = 0;
    auto const& old = before.spec.scale_target_ref.api_version;
    if (!detail::version_problem(old, allowed.target).empty())
        allowed.target = detail::version_problem(old, detail::target_versions::any).empty()
                             ? detail::target_versions::any
                             : detail::target_versions::even_wrong;
    detail::validate_autoscaler_spec(now.spec, allowed, errors);
}

BERTH_DECL auto validate_status(horizontal_pod_autoscaler const& now, horizontal_pod_autoscaler const&,
                                api::field_errors& errors) -> void {
    auto const at = api::field_path("status");
    check_bounds(now.status, &horizontal_pod_autoscaler_status::current_replicas, at, errors);
    check_bounds(now.status, &horizontal_pod_autoscaler_status::desired_replicas, at, errors);
}

} // namespace berth::kube
