#pragma once

/// \file
/// The bodies of `berth/kube/apps/replica_set/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/validation.hpp>

namespace berth::kube::detail {

BERTH_DECL auto validate_replica_set_spec(replica_set_spec const& s, field_errors& errors) -> void {
    check_bounds(s, &replica_set_spec::replicas, spec_path, errors);
    check_bounds(s, &replica_set_spec::min_ready_seconds, spec_path, errors);
    if (validate_selection(s.selector, s.template_, spec_path, errors))
        validate_lasting_template(s.template_, "ReplicaSet", spec_path.child("template"), errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_status(replica_set const& now, replica_set const& /*before*/,
                                api::field_errors& errors) -> void {
    auto const at = api::field_path("status");
    auto const& s = now.status;
    check_bounds(s, &replica_set_status::replicas, at, errors);
    check_bounds(s, &replica_set_status::fully_labeled_replicas, at, errors);
    check_bounds(s, &replica_set_status::ready_replicas, at, errors);
    check_bounds(s, &replica_set_status::available_replicas, at, errors);
    check_bounds(s, &replica_set_status::observed_generation, at, errors);
    check_bounds(s, &replica_set_status::terminating_replicas, at, errors);
    constexpr auto why = "cannot be greater than status.replicas";
    detail::validate_part(s.fully_labeled_replicas, s.replicas, "fullyLabeledReplicas", why, at, errors);
    detail::validate_part(s.ready_replicas, s.replicas, "readyReplicas", why, at, errors);
    detail::validate_part(s.available_replicas, s.replicas, "availableReplicas", why, at, errors);
    detail::validate_part(s.available_replicas, s.ready_replicas, "availableReplicas",
                          "cannot be greater than readyReplicas", at, errors);
}

} // namespace berth::kube
