#pragma once

/// \file
/// The roles and bindings that every cluster has, and how they are brought back (kubernetes 1.36,
/// `pkg/registry/rbac/rest`, `component-helpers/auth/rbac/reconciliation`).

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/rbac/cluster_role/type.hpp>
#include <berth/kube/rbac/cluster_role_binding/type.hpp>
#include <berth/kube/rbac/role/type.hpp>
#include <berth/kube/rbac/role_binding/type.hpp>

#include <vector>

namespace berth::kube {

/// Roles, and who has them.
struct access_policy {
    std::vector<cluster_role> cluster_roles{};
    std::vector<cluster_role_binding> cluster_role_bindings{};
    std::vector<role> roles{};
    std::vector<role_binding> role_bindings{};
};

/// That of every cluster: `cluster-admin`, `admin`, `edit`, `view`, and those of the parts of the system.
[[nodiscard]] BERTH_DECL auto bootstrap_policy() -> access_policy;

/// Makes what is missing of a policy, and mends what has been changed: rules, summands and subjects that are
/// missing are added, nothing is taken away; a binding of another role is removed and made again. What is
/// annotated `rbac.authorization.kubernetes.io/autoupdate: "false"` stays as it is. May be called again at
/// every start: reads four lists and writes one batch. Errors: those of the client, other than that somebody
/// else was faster.
[[nodiscard]] BERTH_DECL auto restore(api::any_client const& client, access_policy const& policy)
    -> result<void>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/bootstrap_policy.ipp>
#endif
