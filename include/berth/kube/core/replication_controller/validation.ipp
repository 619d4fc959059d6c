#pragma once

/// \file
/// The bodies of `berth/kube/core/replication_controller/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/replication_controller/validation.hpp>

namespace berth::kube::detail {

BERTH_DECL auto has_labels(object::string_map const& all, object::string_map const& wanted) -> bool {
    for (auto const& [key, value] : wanted)
        if (auto const* const found = all.find(key); found == nullptr || *found != value) return false;
    return true;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(replication_controller const& c, api::field_errors& errors) -> void {
    auto const& at = detail::spec_path;
    auto const& s = c.spec;
    auto const pods = at.child("template");
    auto const metadata = pods.child("metadata");
    check_bounds(s, &replication_controller_spec::min_ready_seconds, at, errors);
    if (s.selector.empty()) errors.required(at.child("selector"));
    if (!s.replicas) errors.required(at.child("replicas"));
    check_bounds(s, &replication_controller_spec::replicas, at, errors);
    if (!s.template_) return errors.required(pods);
    if (!detail::has_labels(s.template_->metadata.labels, s.selector))
        errors.invalid(metadata.child("labels"), detail::shown_internal(s.template_->metadata.labels),
                       "`selector` does not match template `labels`");
    detail::validate_lasting_template(*s.template_, "ReplicationController", pods, errors);
}

BERTH_DECL auto validate_status(replication_controller const& now, replication_controller const& /*before*/,
                                api::field_errors& errors) -> void {
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
