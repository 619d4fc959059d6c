#pragma once

/// \file
/// The revisions of a daemon set (kubernetes 1.36, `pkg/controller/daemon/update.go`, `constructHistory`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/controller_revision/history.hpp>
#include <berth/kube/apps/daemon_set/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/world.hpp>

#include <optional>
#include <string>
#include <vector>

namespace berth::kube {

/// What a daemon set is and was.
struct daemon_history {
    std::string hash;   ///< of the revision of its template
    seen_revisions old; ///< the others, sorted
};

/// Finds the revision of a set's template among those that are its own (sorted); makes one if there is none,
/// has it be the newest, and labels those that have no hash. Nothing if the plan has to be carried out before
/// there is more to say: a name was taken by something else, or there were several of the same.
[[nodiscard]] BERTH_DECL auto settle_history(reconcile::snapshot const& world,
                                             reconcile::seen<daemon_set> set, seen_revisions const& sorted,
                                             std::vector<reconcile::seen<pod>> const& pods,
                                             reconcile::plan& plan) -> std::optional<daemon_history>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/controller/revisions.ipp>
#endif
