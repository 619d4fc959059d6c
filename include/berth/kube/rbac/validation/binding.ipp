#pragma once

/// \file
/// The bodies of `berth/kube/rbac/validation/binding.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>
#include <berth/kube/rbac/validation/binding.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto validate_subject(subject const& s, bool namespaced, field_path const& at, field_errors& errors)
    -> void {
    auto const group = at.child("apiGroup");
    auto const name = at.child("name");
    if (s.name.empty()) errors.required(name);
    if (s.kind == "ServiceAccount") {
        if (!s.name.empty()) validate_name(name_rule::dns1123_subdomain, s.name, name, errors);
        if (!s.api_group.empty()) errors.not_supported(group, s.api_group, {""});
        if (!namespaced && s.namespace_.empty()) errors.required(at.child("namespace"));
    } else if (s.kind == "User" || s.kind == "Group") {
        if (s.api_group != rbac_group) errors.not_supported(group, s.api_group, {rbac_group});
    } else {
        check_allowed(s, &subject::kind, at, errors);
    }
}

BERTH_DECL auto validate_binding(role_ref const& role, std::span<std::string_view const> kinds,
                                 object::list<subject> const& subjects, bool namespaced, field_errors& errors)
    -> void {
    auto const at = field_path("roleRef");
    auto const list = field_path("subjects");
    if (role.api_group != rbac_group)
        errors.not_supported(at.child("apiGroup"), role.api_group, {rbac_group});
    if (std::find(kinds.begin(), kinds.end(), role.kind) == kinds.end())
        errors.not_supported(at.child("kind"), role.kind, kinds);
    if (role.name.empty()) errors.required(at.child("name"));
    else validate_name(name_rule::path_segment, role.name, at.child("name"), errors);
    for (std::size_t i = 0; i < subjects.size(); ++i)
        validate_subject(subjects[i], namespaced, list.index(i), errors);
}

BERTH_DECL auto validate_same_role(role_ref const& now, role_ref const& before, field_errors& errors)
    -> void {
    if (now != before) errors.invalid(field_path("roleRef"), shown_internal(now), "cannot change roleRef");
}

} // namespace berth::kube::detail
