#pragma once

/// \file
/// How bindings of roles of the cluster behave in the API (kubernetes 1.36,
/// `pkg/registry/rbac/clusterrolebinding`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/rbac/cluster_role_binding/type.hpp>
#include <berth/kube/rbac/columns.hpp>
#include <berth/kube/rbac/validation/binding.hpp>

namespace berth::kube {

/// Checks a binding.
BERTH_DECL auto validate(cluster_role_binding const& b, api::field_errors& errors) -> void;

/// Checks a change of a binding, whose role stays.
BERTH_DECL auto validate_update(cluster_role_binding const& now, cluster_role_binding const& before,
                                api::field_errors& errors) -> void;

[[nodiscard]] BERTH_DECL auto cluster_role_binding_kind() -> api::kind_of<cluster_role_binding>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/rbac/cluster_role_binding/kind.ipp>
#endif
