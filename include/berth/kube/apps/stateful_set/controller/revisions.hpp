#pragma once

/// \file
/// Which revisions the pods of a stateful set have, and are to have (kubernetes 1.36,
/// `pkg/controller/statefulset/stateful_set_control.go`, `getStatefulSetRevisions`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/controller_revision/history.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/reconcile/world.hpp>

#include <cstdint>
#include <string_view>

namespace berth::kube {

/// The label of a stateful set's revision with the hash of what is in it.
inline constexpr std::string_view history_hash_label = "controller.kubernetes.io/hash";

/// The two revisions between which a stateful set is.
struct rollout_revisions {
    controller_revision current; ///< that of the pods before the update
    controller_revision update;  ///< that of the set's template
    std::int32_t collisions = 0; ///< how often a name was taken so far
};

/// Finds the revisions of a set among those that are its own, sorted. One of the set's template is made if
/// there is none, and becomes the newest if it is not; names that hold something else are passed over.
[[nodiscard]] BERTH_DECL auto choose_revisions(reconcile::snapshot const& world, stateful_set const& set,
                                               seen_revisions const& sorted, reconcile::plan& plan)
    -> rollout_revisions;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/stateful_set/controller/revisions.ipp>
#endif
