#pragma once

/// \file
/// The bodies of `berth/kube/apps/stateful_set/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/validation.hpp>

#include <set>
#include <string_view>
#include <utility>

namespace berth::kube::detail {

/// Which checks of a stateful set's spec are made.
struct stateful_set_checks {
    bool service_name = true;
    bool claims = true;
    bool template_ = true;
};

inline auto validate_stateful_update_strategy(stateful_set_update_strategy const& s, field_path const& at,
                                              field_errors& errors) -> void {
    auto const rolling = at.child("rollingUpdate");
    if (s.type.empty()) return errors.required(at);
    if (s.type == "OnDelete") {
        if (s.rolling_update)
            errors.invalid(rolling, shown_internal(*s.rolling_update),
                           "only allowed for updateStrategy 'RollingUpdate'");
    } else if (s.type == "RollingUpdate") {
        if (s.rolling_update) check_bounds(*s.rolling_update, rolling, errors);
    } else {
        errors.invalid(at, shown_internal(s), "must be 'RollingUpdate' or 'OnDelete'");
    }
}

inline auto validate_management_policy(stateful_set_spec const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const policy = at.child("podManagementPolicy");
    if (s.pod_management_policy.empty()) return errors.required(policy);
    if (s.pod_management_policy != "OrderedReady" && s.pod_management_policy != "Parallel")
        errors.invalid(policy, s.pod_management_policy, "must be 'OrderedReady' or 'Parallel'");
}

/// The template with the volumes that the claims will be: what its containers can mount. A claim hides a
/// volume of its name.
inline auto with_claimed_volumes(stateful_set_spec const& s) -> pod_template_spec {
    auto out = s.template_;
    auto hidden = std::set<std::string_view>();
    for (auto const& claim : s.volume_claim_templates) hidden.insert(claim.metadata.name);
    auto volumes = object::list<volume>();
    for (auto& v : out.spec.volumes)
        if (!hidden.contains(v.name)) volumes.push_back(std::move(v));
    for (auto const name : hidden) {
        auto& v = volumes.emplace_back();
        v.name = name;
        v.persistent_volume_claim.engage().claim_name = name;
    }
    out.spec.volumes = std::move(volumes);
    return out;
}

/// Kubernetes checks the metadata of the template twice, and tells mistakes as often.
inline auto validate_stateful_template(stateful_set_spec const& s, field_path const& at, bool whole,
                                       field_errors& errors) -> void {
    validate_template_metadata(s.template_, at, errors);
    if (!whole) return;
    if (s.volume_claim_templates.empty()) validate_template(s.template_, at, errors);
    else validate_template(with_claimed_volumes(s), at, errors);
}

inline auto validate_stateful_selection(stateful_set_spec const& s, field_path const& at, bool whole,
                                        field_errors& errors) -> void {
    auto const field = at.child("selector");
    auto const pods = at.child("template");
    auto const metadata = pods.child("metadata");
    if (!s.selector) {
        errors.required(field);
    } else {
        validate_label_selector(*s.selector, field, errors);
        if (selects_all(*s.selector))
            errors.invalid(field, shown_value::json(*s.selector),
                           "empty selector is invalid for statefulset");
    }
    auto const selector = object::to_selector(s.selector);
    if (!selector) return errors.invalid(field, shown_value::json(*s.selector), {});
    if (!(s.selector && selects_all(*s.selector)) && !selector->matches(s.template_.metadata.labels))
        errors.invalid(metadata.child("labels"), shown_internal(s.template_.metadata.labels),
                       "`selector` does not match template `labels`");
    validate_stateful_template(s, pods, whole, errors);
}

inline auto validate_retention(stateful_set_spec const& s, field_path const& at, field_errors& errors)
    -> void {
    if (!s.persistent_volume_claim_retention_policy) return;
    using policy = stateful_set_persistent_volume_claim_retention_policy;
    auto const& p = *s.persistent_volume_claim_retention_policy;
    auto const field = at.child("persistentVolumeClaimRetentionPolicy");
    check_allowed(p, &policy::when_deleted, field, errors);
    check_allowed(p, &policy::when_scaled, field, errors);
}

inline auto validate_stateful_claims(stateful_set_spec const& s, field_path const& at, field_errors& errors)
    -> void {
    auto const claims = at.child("volumeClaimTemplates");
    for (std::size_t i = 0; i < s.volume_claim_templates.size(); ++i) {
        auto const one = claims.index(i);
        validate_claim_spec(s.volume_claim_templates[i].spec, one.child("spec"), errors);
    }
}

inline auto validate_stateful_spec(stateful_set_spec const& s, stateful_set_checks checks,
                                   field_errors& errors) -> void {
    auto const& at = spec_path;
    auto const pods = at.child("template");
    auto const pod_path = pods.child("spec");
    validate_management_policy(s, at, errors);
    validate_stateful_update_strategy(s.update_strategy, at.child("updateStrategy"), errors);
    validate_retention(s, at, errors);
    check_bounds(s, &stateful_set_spec::replicas, at, errors);
    check_bounds(s, &stateful_set_spec::min_ready_seconds, at, errors);
    if (s.ordinals) check_bounds(*s.ordinals, at.child("ordinals"), errors);
    if (checks.service_name && !s.service_name.empty())
        validate_name(name_rule::dns1123_label, s.service_name, at.child("serviceName"), errors);
    if (checks.claims) validate_stateful_claims(s, at, errors);
    validate_stateful_selection(s, at, checks.template_, errors);
    validate_lasting_pods(s.template_.spec, "StatefulSet", pod_path, errors);
}

/// The spec before, but with what may change as it is now.
inline auto with_free_parts(stateful_set_spec before, stateful_set_spec const& now) -> stateful_set_spec {
    before.replicas = now.replicas;
    before.template_ = now.template_;
    before.update_strategy = now.update_strategy;
    before.min_ready_seconds = now.min_ready_seconds;
    before.ordinals = now.ordinals;
    before.revision_history_limit = now.revision_history_limit;
    before.persistent_volume_claim_retention_policy = now.persistent_volume_claim_retention_policy;
    return before;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(stateful_set const& s, api::field_errors& errors) -> void {
    detail::validate_stateful_spec(s.spec, {}, errors);
}

BERTH_DECL auto validate_update(stateful_set const& now, stateful_set const& before,
                                api::field_errors& errors) -> void {
    auto checks = detail::stateful_set_checks{.service_name = false, .claims = false};
    auto old = api::field_errors();
    detail::validate_stateful_spec(before.spec, checks, old);
    checks.template_ = old.empty();
    detail::validate_stateful_spec(now.spec, checks, errors);
    if (!(detail::with_free_parts(before.spec, now.spec) == now.spec))
        errors.forbidden(detail::spec_path,
                         "updates to statefulset spec for fields other than 'replicas', 'ordinals', "
                         "'template', 'updateStrategy', 'revisionHistoryLimit', "
                         "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
}

BERTH_DECL auto validate_status(stateful_set const& now, stateful_set const& before,
                                api::field_errors& errors) -> void {
    auto const at = api::field_path("status");
    auto const& s = now.status;
    check_bounds(s, at, errors);
    constexpr auto why = "cannot be greater than status.replicas";
    detail::validate_part(s.ready_replicas, s.replicas, "readyReplicas", why, at, errors);
    detail::validate_part(s.current_replicas, s.replicas, "currentReplicas", why, at, errors);
    detail::validate_part(s.updated_replicas, s.replicas, "updatedReplicas", why, at, errors);
    detail::validate_part(s.available_replicas, s.replicas, "availableReplicas", why, at, errors);
    detail::validate_part(s.available_replicas, s.ready_replicas, "availableReplicas",
                          "cannot be greater than status.readyReplicas", at, errors);
    detail::validate_collisions(s.collision_count, before.status.collision_count, at, errors);
}

} // namespace berth::kube
