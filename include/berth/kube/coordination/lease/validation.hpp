#pragma once

/// \file
/// Checks of leases (Kubernetes 1.36, `pkg/apis/coordination/validation`).

#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

namespace detail {

inline auto validate_lease_spec(lease_spec const& s, field_errors& errors) -> void {
    auto const at = field_path("spec");
    auto const& duration = object::field_of(&lease_spec::lease_duration_seconds);
    if (s.lease_duration_seconds && !object::is_in_bounds(duration, *s.lease_duration_seconds))
        errors.invalid(at.child("leaseDurationSeconds"), *s.lease_duration_seconds, "must be greater than 0");
    check_bounds(s, &lease_spec::lease_transitions, at, errors);
    if (s.strategy) validate_label_name(*s.strategy, at.child("strategy"), errors);
    auto const has_strategy = s.strategy && !s.strategy->empty();
    if (s.preferred_holder && !s.preferred_holder->empty() && !has_strategy)
        errors.forbidden(at.child("preferredHolder"), "may only be specified if `strategy` is defined");
}

} // namespace detail

/// Checks a lease that is to be created.
inline auto validate(lease const& l, api::field_errors& errors) -> void {
    detail::validate_lease_spec(l.spec, errors);
}

/// Checks a change of a lease.
inline auto validate_update(lease const& now, lease const& /*before*/, api::field_errors& errors) -> void {
    detail::validate_lease_spec(now.spec, errors);
}

} // namespace berth::kube
