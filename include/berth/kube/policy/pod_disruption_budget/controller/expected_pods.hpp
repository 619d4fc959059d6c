#pragma once

/// \file
/// How many pods there should be: the sum of what the controllers of some pods want (kubernetes 1.36,
/// `pkg/controller/disruption`, `getExpectedScale`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/replication_controller/type.hpp>
#include <berth/reconcile/world.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace berth::kube {

/// How many pods there should be, and whether some have nobody who would say it for them.
struct expected_pods {
    std::int64_t count = 0;
    bool some_unmanaged = false;
};

namespace detail {

/// Somebody who wants a number of pods.
struct counted_controller {
    std::string uid;
    std::int32_t replicas = 0;
};

/// Who wants the pods that `owner` controls: a deployment, if a replica set of one does. Nothing, if the
/// owner is of another kind, or not there.
[[nodiscard]] BERTH_DECL auto counted(reconcile::snapshot const& world, std::string_view namespace_,
                                      object::owner_reference const& owner)
    -> std::optional<counted_controller>;

} // namespace detail

/// Adds up what the controllers of pods want, each once. Errors: `not_found`, if nothing is known of a pod's
/// controller.
[[nodiscard]] BERTH_DECL auto expected_scale(reconcile::snapshot const& world,
                                             std::vector<reconcile::seen<pod>> const& pods)
    -> result<expected_pods>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/policy/pod_disruption_budget/controller/expected_pods.ipp>
#endif
