#pragma once

/// \file
/// The bodies of `berth/kube/coordination/lease/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/coordination/lease/validation.hpp>

namespace berth::kube::detail {

BERTH_DECL auto validate_lease_spec(lease_spec const& s, field_errors& errors) -> void {
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

} // namespace berth::kube::detail
