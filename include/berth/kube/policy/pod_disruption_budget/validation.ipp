#pragma once

/// \file
/// The bodies of `berth/kube/policy/pod_disruption_budget/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/template.hpp>
#include <berth/kube/meta/validation/conditions.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>
#include <berth/kube/policy/pod_disruption_budget/validation.hpp>

namespace berth::kube::detail {

inline auto validate_budget_bound(std::optional<object::int_or_string> const& bound, field_path const& at,
                                  field_errors& errors) -> void {
    if (!bound) return;
    validate_count(*bound, at, errors);
    validate_at_most_all(*bound, at, errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(pod_disruption_budget const& b, api::field_errors& errors) -> void {
    auto const& s = b.spec;
    auto const at = api::field_path("spec");
    if (s.min_available && s.max_unavailable)
        errors.invalid(at, detail::shown_internal(s), "minAvailable and maxUnavailable cannot be both set");
    detail::validate_budget_bound(s.min_available, at.child("minAvailable"), errors);
    detail::validate_budget_bound(s.max_unavailable, at.child("maxUnavailable"), errors);
    detail::validate_label_selector(s.selector, at.child("selector"), errors);
    check_allowed(s, &pod_disruption_budget_spec::unhealthy_pod_eviction_policy, at, errors);
}

BERTH_DECL auto validate_update(pod_disruption_budget const& now, pod_disruption_budget const&,
                                api::field_errors& errors) -> void {
    validate(now, errors);
}

BERTH_DECL auto validate_status(pod_disruption_budget const& now, pod_disruption_budget const&,
                                api::field_errors& errors) -> void {
    auto const at = api::field_path("status");
    detail::validate_conditions(now.status.conditions, at.child("conditions"), errors);
    check_bounds(now.status, &pod_disruption_budget_status::disruptions_allowed, at, errors);
    check_bounds(now.status, &pod_disruption_budget_status::current_healthy, at, errors);
    check_bounds(now.status, &pod_disruption_budget_status::desired_healthy, at, errors);
    check_bounds(now.status, &pod_disruption_budget_status::expected_pods, at, errors);
}

} // namespace berth::kube
