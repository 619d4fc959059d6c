#pragma once

/// \file
/// How roles behave in the API (kubernetes 1.36, `pkg/registry/rbac/role`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/rbac/columns.hpp>
#include <berth/kube/rbac/role/type.hpp>
#include <berth/kube/rbac/validation/policy_rule.hpp>

namespace berth::kube {

/// Checks a role.
inline auto validate(role const& r, api::field_errors& errors) -> void {
    detail::validate_policy_rules(r.rules, detail::rule_scope::namespaced, errors);
}

[[nodiscard]] BERTH_DECL auto role_kind() -> api::kind_of<role>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/role/kind.ipp>
#endif
