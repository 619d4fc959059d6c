#pragma once

/// \file
/// Pods by the claims that they use, without a walk over all of a namespace.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string_view>

namespace berth::kube {

/// The index of pods by `namespace/name` of each claim that one of their volumes is on.
inline constexpr std::string_view pods_by_claim = "pods-by-claim";

/// Finds pods under their claims. A controller that asks for `pods_on` declares it.
[[nodiscard]] BERTH_DECL auto pods_by_claim_index() -> reconcile::index;

/// The pods with a volume on a claim, as far as names say. Costs as much as there are such pods.
[[nodiscard]] BERTH_DECL auto pods_on(reconcile::snapshot const& world, object::key const& claim)
    -> reconcile::objects<pod>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/pods_on_claims.ipp>
#endif
