#pragma once

/// \file
/// Checks of bindings of roles (Kubernetes 1.36, `pkg/apis/rbac/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/kube/rbac/subject.hpp>

namespace berth::kube::detail {

/// `kinds`: those of roles that may be bound. `namespaced`: service accounts need not say their namespace.
BERTH_DECL auto validate_binding(role_ref const& role, std::span<std::string_view const> kinds,
                                 object::list<subject> const& subjects, bool namespaced, field_errors& errors)
    -> void;

/// The role that is bound stays.
BERTH_DECL auto validate_same_role(role_ref const& now, role_ref const& before, field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/validation/binding.ipp>
#endif
