#pragma once

/// \file
/// Checks of replica sets (Kubernetes 1.36, `pkg/apis/apps/validation`).

#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/core/pod/validation/template.hpp>

namespace berth::kube {

namespace detail {

inline auto validate_replica_set_spec(replica_set_spec const& s, field_errors& errors) -> void {
    check_bounds(s, &replica_set_spec::replicas, spec_path, errors);
    check_bounds(s, &replica_set_spec::min_ready_seconds, spec_path, errors);
    if (validate_selection(s.selector, s.template_, spec_path, errors))
        validate_lasting_template(s.template_, "ReplicaSet", spec_path.child("template"), errors);
}

} // namespace detail

/// Checks a replica set that is to be created.
inline auto validate(replica_set const& r, api::field_errors& errors) -> void {
    detail::validate_replica_set_spec(r.spec, errors);
}

/// Checks a change of a replica set.
inline auto validate_update(replica_set const& now, replica_set const& before, api::field_errors& errors)
    -> void {
    detail::validate_replica_set_spec(now.spec, errors);
    detail::validate_fixed_selector(now.spec.selector, before.spec.selector, errors);
}

/// Checks a change of a replica set's status.
inline auto validate_status(replica_set const& now, replica_set const& /*before*/, api::field_errors& errors)
    -> void {
    auto const at = api::field_path("status");
    auto const& s = now.status;
    check_bounds(s, at, errors);
    constexpr auto why = "cannot be greater than status.replicas";
    detail::validate_part(s.fully_labeled_replicas, s.replicas, "fullyLabeledReplicas", why, at, errors);
    detail::validate_part(s.ready_replicas, s.replicas, "readyReplicas", why, at, errors);
    detail::validate_part(s.available_replicas, s.replicas, "availableReplicas", why, at, errors);
    detail::validate_part(s.available_replicas, s.ready_replicas, "availableReplicas",
                          "cannot be greater than readyReplicas", at, errors);
}

} // namespace berth::kube
