#pragma once

/// \file
/// Which pods of a set go first when there are too many (kubernetes 1.36, `controller_utils.go`,
/// `ActivePodsWithRanks`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/object/any_object.hpp>
#include <berth/reconcile/table.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace berth::kube {

/// A pod that may have to go, and how many of its siblings are on its node.
struct ranked_pod {
    reconcile::seen<pod> value;
    std::size_t rank = 0;
};

namespace detail {

/// The annotation `controller.kubernetes.io/pod-deletion-cost`; 0 if there is none, or it is no 32-bit
/// number.
BERTH_DECL auto deletion_cost(pod const& p) -> std::int32_t;

BERTH_DECL auto ready_since(pod const& p) -> object::timestamp;

/// Pending pods go before unknown ones, and those before the others.
BERTH_DECL auto phase_order(pod const& p) -> int;

/// How often the container that did so most has been restarted: of the main ones, and of those beside them.
BERTH_DECL auto most_restarts(pod const& p) -> std::pair<std::int32_t, std::int32_t>;

/// The magnitude of an age: ages are compared on a logarithmic scale, so that which pod goes is spread over
/// those of about the same age. The zero time is later than any.
BERTH_DECL auto age_magnitude(object::timestamp t, time_point now) -> int;

/// -1 if `a`'s time is earlier (older), 1 if later, 0 if about equal.
BERTH_DECL auto compare_ages(object::timestamp a, object::timestamp b, time_point now) -> int;

} // namespace detail

/// Sorts pods so that those that should go first come first; equals by their uids.
BERTH_DECL auto rank_for_deletion(std::vector<ranked_pod>& pods, time_point now) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/replica_set/controller/pod_ranking.ipp>
#endif
