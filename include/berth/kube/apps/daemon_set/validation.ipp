#pragma once

/// \file
/// The bodies of `berth/kube/apps/daemon_set/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/validation.hpp>

namespace berth::kube::detail {

/// During a change a pod is missing for a while, or there is one too many: one of the two.
inline auto validate_rolling_daemons(rolling_update_daemon_set const& r, field_path const& at,
                                     field_errors& errors) -> void {
    auto const unavailable = r.max_unavailable.value_or(0);
    auto const surge = r.max_surge.value_or(0);
    auto const missing = at.child("maxUnavailable");
    auto const more = at.child("maxSurge");
    validate_count(unavailable, missing, errors);
    validate_count(surge, more, errors);
    validate_at_most_all(unavailable, missing, errors);
    validate_at_most_all(surge, more, errors);
    if (!is_none(unavailable) && !is_none(surge))
        errors.invalid(more, shown_count(surge), "may not be set when maxUnavailable is non-zero");
    if (is_none(unavailable) && is_none(surge)) errors.required(missing, "cannot be 0 when maxSurge is 0");
}

inline auto validate_daemon_strategy(daemon_set_update_strategy const& s, field_path const& at,
                                     field_errors& errors) -> void {
    auto const rolling = at.child("rollingUpdate");
    if (s.type == "OnDelete") return;
    if (s.type != "RollingUpdate")
        errors.not_supported(at, shown_internal(s),
                             object::field_of(&daemon_set_update_strategy::type).details->values);
    else if (!s.rolling_update) errors.required(rolling);
    else validate_rolling_daemons(*s.rolling_update, rolling, errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(daemon_set const& d, api::field_errors& errors) -> void {
    auto const& at = detail::spec_path;
    auto const& s = d.spec;
    auto const field = at.child("selector");
    auto const pods = at.child("template");
    auto const metadata = pods.child("metadata");
    if (s.selector) detail::validate_label_selector(*s.selector, field, errors);
    auto const selector = object::to_selector(s.selector);
    if (selector && !selector->matches(s.template_.metadata.labels))
        errors.invalid(metadata.child("labels"), detail::shown_internal(s.template_.metadata.labels),
                       "`selector` does not match template `labels`");
    if (s.selector && detail::selects_all(*s.selector))
        errors.invalid(field, api::shown_value::json(*s.selector), "empty selector is invalid for daemonset");
    detail::validate_lasting_template(s.template_, "DaemonSet", pods, errors);
    check_bounds(s, &daemon_set_spec::min_ready_seconds, at, errors);
    detail::validate_daemon_strategy(s.update_strategy, at.child("updateStrategy"), errors);
    check_bounds(s, &daemon_set_spec::revision_history_limit, at, errors);
}

BERTH_DECL auto validate_update(daemon_set const& now, daemon_set const& before, api::field_errors& errors)
    -> void {
    validate(now, errors);
    detail::validate_fixed_selector(now.spec.selector, before.spec.selector, errors);
}

BERTH_DECL auto validate_status(daemon_set const& now, daemon_set const& before, api::field_errors& errors)
    -> void {
    auto const at = api::field_path("status");
    check_bounds(now.status, at, errors);
    detail::validate_collisions(now.status.collision_count, before.status.collision_count, at, errors);
}

} // namespace berth::kube
