#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/status.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/status.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace berth::kube::detail {

inline constexpr auto status_path = field_path("status");

/// The addresses of a pod or of its node: at most one of each family.
template <class Address>
auto validate_address_list(object::list<Address> const& list, field_path const& at, field_errors& errors)
    -> void {
    auto texts = std::vector<std::string>();
    auto seen = std::set<std::string_view>();
    for (std::size_t i = 0; i < list.size(); ++i) {
        validate_ip(list[i].ip, at.index(i), errors);
        if (!seen.insert(list[i].ip).second) errors.duplicate(at.index(i), shown_internal(list[i]));
        texts.push_back(list[i].ip);
    }
    if (list.size() > 1 && (!is_dual_stack(texts) || list.size() > 2))
        errors.invalid(at, shown_internal(list), "may specify no more than one IP for each IP family");
}

/// A container that has ended stays so, unless the pod's restart policy lets it run again.
inline auto validate_transitions(object::list<container_status> const& now,
                                 object::list<container_status> const& before, pod_spec const& spec,
                                 std::string_view restarts, field_path const& at, field_errors& errors)
    -> void {
    if (restarts == "Always") return;
    auto sidecars = std::set<std::string_view>();
    for (auto const& c : spec.init_containers)
        if (is_sidecar(c)) sidecars.insert(c.name);
    auto unended = std::map<std::string_view, std::size_t>();
    for (auto const& s : now)
        if (!s.state.terminated) unended[s.name] = std::min(unended[s.name] + 1, field_errors::most);
    for (std::size_t i = 0; i < before.size(); ++i) {
        auto const& old = before[i];
        if (!old.state.terminated) continue;
        if (old.state.terminated->exit_code != 0 && restarts == "OnFailure") continue;
        auto const found = unended.find(old.name);
        if (sidecars.contains(old.name) || found == unended.end()) continue;
        auto const one = at.index(i);
        for (auto n = found->second; n > 0; --n)
            errors.forbidden(one.child("state"), "may not be transitioned to non-terminated state");
    }
}

inline auto validate_users(object::list<container_status> const& list, std::string_view os,
                           field_path const& at, field_errors& errors) -> void {
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].user || !list[i].user->linux_) continue;
        auto const one = at.index(i);
        auto const field = one.child("linux");
        auto const& user = *list[i].user->linux_;
        if (os == "windows") {
            errors.forbidden(field, "cannot be set for a windows pod");
            continue;
        }
        check_bounds(user, field, errors);
        auto const& group = object::field_of(&linux_container_user::supplemental_groups);
        auto const groups = field.child(group.name);
        for (std::size_t k = 0; k < user.supplemental_groups.size(); ++k)
            check_bounds(group, user.supplemental_groups[k], groups.index(k), errors);
    }
}

inline auto validate_conditions(object::list<pod_condition> const& conditions, field_errors& errors) -> void {
    auto const at = metadata_path.child("conditions");
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        auto const one = at.index(i);
        if (!is_any_of(conditions[i].type, {"PodScheduled", "Ready", "Initialized"}))
            validate_label_name(conditions[i].type, one.child("Type"), errors);
    }
}

inline auto validate_claim_statuses(pod const& p, field_path const& at, field_errors& errors) -> void {
    auto names = std::set<std::string_view>();
    auto known = std::set<std::string_view>();
    for (auto const& c : p.spec.resource_claims) known.insert(c.name);
    for (std::size_t i = 0; i < p.status.resource_claim_statuses.size(); ++i) {
        auto const& s = p.status.resource_claim_statuses[i];
        auto const one = at.index(i);
        if (!known.contains(s.name))
            errors.invalid(one.child("name"), s.name,
                           "must match the name of an entry in `spec.resourceClaims`");
        if (!names.insert(s.name).second) errors.duplicate(one.child("name"), s.name);
        if (s.resource_claim_name)
            validate_name(name_rule::dns1123_subdomain, *s.resource_claim_name, one.child("name"), errors);
    }
}

inline auto validate_container_statuses(pod const& now, pod const& before, field_errors& errors) -> void {
    auto const os = now.spec.os ? std::string_view(now.spec.os->name) : std::string_view();
    auto const& policy = before.spec.restart_policy;
    auto const check = [&](object::list<container_status> pod_status::* list, std::string_view name,
                           std::string_view restarts) {
        auto const at = status_path.child(name);
        validate_transitions(now.status.*list, before.status.*list, before.spec, restarts, at, errors);
        validate_users(now.status.*list, os, at, errors);
    };
    check(&pod_status::container_statuses, "containerStatuses", policy);
    check(&pod_status::init_container_statuses, "initContainerStatuses", policy);
    check(&pod_status::ephemeral_container_statuses, "ephemeralContainerStatuses", "Never");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate_status(pod const& now, pod const& before, api::field_errors& errors) -> void {
    auto const& at = detail::status_path;
    auto const annotations = metadata_path.child("annotations");
    detail::validate_fixed_annotations(now.metadata.annotations, before.metadata.annotations, annotations,
                                       errors);
    detail::validate_pod_annotations(now.metadata.annotations, now.spec, annotations, errors);
    detail::validate_conditions(now.status.conditions, errors);
    if (now.spec.node_name != before.spec.node_name)
        errors.forbidden(at.child("nodeName"), "may not be changed directly");
    auto const& nominated = now.status.nominated_node_name;
    if (nominated != before.status.nominated_node_name && !nominated.empty())
        detail::validate_name(name_rule::dns1123_subdomain, nominated, at.child("nominatedNodeName"), errors);
    if (now.status.qos_class != before.status.qos_class)
        errors.invalid(at.child("qosClass"), now.status.qos_class.str(), detail::immutable);
    detail::validate_container_statuses(now, before, errors);
    detail::validate_claim_statuses(now, at.child("resourceClaimStatuses"), errors);
    detail::validate_address_list(now.status.pod_ips, at.child("podIPs"), errors);
    auto const host_ips = at.child("hostIPs");
    if (!now.status.host_ips.empty() && now.status.host_ip != now.status.host_ips.front().ip) {
        auto const first = host_ips.index(0);
        errors.invalid(first.child("ip"), now.status.host_ips.front().ip, "must be equal to `hostIP`");
    }
    detail::validate_address_list(now.status.host_ips, host_ips, errors);
}

} // namespace berth::kube
