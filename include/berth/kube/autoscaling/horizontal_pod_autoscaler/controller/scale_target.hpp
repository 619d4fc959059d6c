#pragma once

/// \file
/// What an autoscaler scales: how many replicas it has, and how it is given others.

#include <berth/api/subresource.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/autoscaling/cross_version_object_reference.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_answers.hpp>
#include <berth/kube/core/replication_controller/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <cstdint>
#include <string_view>

namespace berth::kube {

/// Something that has replicas.
struct scale_target {
    api::scale_state state;
    object::object_ref const* ref = nullptr; ///< null: no cache has it
    /// The object with another number of replicas.
    auto (*scaled)(object::any_object const&, std::int32_t) -> object::any_object = nullptr;
    reconcile::reference where; ///< which object it is

    /// The step that gives it so many replicas.
    [[nodiscard]] auto give(std::int32_t replicas) const -> reconcile::step;
};

/// Whether autoscalers scale a kind by the objects in the caches: deployments, replica sets, stateful sets
/// and replication controllers.
[[nodiscard]] BERTH_DECL auto has_cached_scale(cross_version_object_reference const& to) -> bool;

/// Finds what a reference is to: something of such a kind, or of any other, by what the API has answered
/// about its scale. Errors: `not_found`, in the words of Kubernetes; `unavailable` for a scale that nobody
/// has asked about yet; those of asking. `scales` null: there are no such answers, and no other kinds.
[[nodiscard]] BERTH_DECL auto find_scale_target(reconcile::snapshot const& world, std::string_view namespace_,
                                                cross_version_object_reference const& to,
                                                scale_answers const* scales = nullptr)
    -> result<scale_target>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_target.ipp>
#endif
