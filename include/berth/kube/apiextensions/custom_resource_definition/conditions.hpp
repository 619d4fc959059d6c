#pragma once

/// \file
/// The conditions of CustomResourceDefinitions: whether their names are free, and whether they are served
/// (apiextensions-apiserver 1.36, `pkg/controller/status/naming_controller.go`, `establish`).

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>
#include <berth/reconcile/conditions.hpp>

#include <set>
#include <string>
#include <string_view>

namespace berth::kube {

/// Deletion waits for it: the objects of the kind go first.
inline constexpr std::string_view custom_resource_finalizer = "customresourcecleanup.apiextensions.k8s.io";

[[nodiscard]] inline auto is_established(custom_resource_definition const& d) -> bool {
    return reconcile::is_true(d.status.conditions, "Established");
}

/// The names that others of the group have.
struct taken_names {
    std::set<std::string> resources; ///< plurals, singulars, short names
    std::set<std::string> kinds;     ///< kinds and kinds of lists
};

/// Accepts the names that are free, and says in the conditions which are not; who has all of them is
/// established, and stays so. Answers the new status.
[[nodiscard]] BERTH_DECL auto with_accepted_names(custom_resource_definition const& d,
                                                  taken_names const& taken, time_point now)
    -> custom_resource_definition;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/conditions.ipp>
#endif
