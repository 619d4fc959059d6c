#pragma once

/// \file
/// Checks of what roles let do (Kubernetes 1.36, `pkg/apis/rbac/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/kube/rbac/policy_rule.hpp>

namespace berth::kube::detail {

/// Rules of a namespace speak of resources only.
enum class rule_scope : std::uint8_t { cluster, namespaced };

BERTH_DECL auto validate_policy_rules(object::list<policy_rule> const& rules, rule_scope scope,
                                      field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/validation/policy_rule.ipp>
#endif
