#pragma once

/// \file
/// The arithmetic of rollouts: how large each replica set of a deployment may and should be (kubernetes 1.36,
/// `pkg/controller/deployment/{rolling,sync}.go`, `util/deployment_util.go`). Pure functions of numbers and
/// sets.

#include <berth/core/config.hpp>
#include <berth/kube/apps/annotated_number.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/object/any_object.hpp>
#include <berth/reconcile/table.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

inline constexpr std::string_view revision_annotation = "deployment.kubernetes.io/revision";
inline constexpr std::string_view revision_history_annotation = "deployment.kubernetes.io/revision-history";
inline constexpr std::string_view desired_annotation = "deployment.kubernetes.io/desired-replicas";
inline constexpr std::string_view maximum_annotation = "deployment.kubernetes.io/max-replicas";
inline constexpr std::string_view template_hash_label = "pod-template-hash";

/// A replica set of a deployment: as it was seen (if it was there), and as it is to be.
struct owned_set {
    reconcile::seen<replica_set> before;
    replica_set now;

    explicit owned_set(reconcile::seen<replica_set> s);
    explicit owned_set(replica_set made);

    [[nodiscard]] auto is_made() const -> bool;
    [[nodiscard]] auto size() const -> std::int32_t { return now.spec.replicas.value_or(1); }
    [[nodiscard]] auto available() const -> std::int32_t { return now.status.available_replicas; }
};

[[nodiscard]] inline auto is_rolling(deployment const& d) -> bool {
    return d.spec.strategy.type != "Recreate";
}
[[nodiscard]] inline auto wanted_of(deployment const& d) -> std::int32_t {
    return d.spec.replicas.value_or(1);
}

/// How far a rolling update may go above and below the wanted number of pods.
struct rollout_bounds {
    std::int32_t surge = 0;
    std::int32_t unavailable = 0;
};

/// Percentages of surge round up, of unavailability down; both zero would stand still, so one may then be
/// missing.
[[nodiscard]] BERTH_DECL auto bounds_of(deployment const& d) -> rollout_bounds;

[[nodiscard]] BERTH_DECL auto total_size(std::vector<owned_set> const& sets) -> std::int32_t;

/// How large the new set may be while `others` are pods of the old ones.
[[nodiscard]] BERTH_DECL auto new_set_size(deployment const& d, std::int32_t current, std::int32_t others)
    -> std::int32_t;

namespace detail {

BERTH_DECL auto older(owned_set const& a, owned_set const& b) -> bool;

} // namespace detail

/// The sets that want pods.
[[nodiscard]] BERTH_DECL auto active_of(std::vector<owned_set>& sets) -> std::vector<owned_set*>;

/// Shrinks the old sets of a rolling update, the oldest first, as far as enough pods stay available.
BERTH_DECL auto shrink_old(deployment const& d, owned_set const& current, std::vector<owned_set>& old)
    -> void;

/// Resizes several sets in the middle of a rollout, each in proportion to its size, what is left over to the
/// largest. `active` holds the sets that have pods.
BERTH_DECL auto resize_in_proportion(deployment const& d, std::vector<owned_set*> active) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/deployment/controller/rollout.ipp>
#endif
