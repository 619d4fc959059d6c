#pragma once

/// \file
/// How roles of the cluster behave in the API (kubernetes 1.36, `pkg/registry/rbac/clusterrole`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/rbac/cluster_role/type.hpp>
#include <berth/kube/rbac/columns.hpp>
#include <berth/kube/rbac/validation/policy_rule.hpp>

namespace berth::kube {

/// Checks a role.
BERTH_DECL auto validate(cluster_role const& r, api::field_errors& errors) -> void;

[[nodiscard]] BERTH_DECL auto cluster_role_kind() -> api::kind_of<cluster_role>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/cluster_role/kind.ipp>
#endif
