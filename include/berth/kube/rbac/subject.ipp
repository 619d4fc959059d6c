#pragma once

/// \file
/// The bodies of `berth/kube/rbac/subject.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/rbac/subject.hpp>

namespace berth::kube {

BERTH_TABLE(subject);
BERTH_TABLE(role_ref);

BERTH_DECL auto set_binding_defaults(object::list<subject>& subjects, role_ref& role) -> void {
    if (role.api_group.empty()) role.api_group = rbac_group;
    for (auto& s : subjects)
        if (s.api_group.empty() && (s.kind == "User" || s.kind == "Group")) s.api_group = rbac_group;
}

} // namespace berth::kube
