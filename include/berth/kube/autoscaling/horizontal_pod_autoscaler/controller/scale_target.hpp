#pragma once

/// \file
/// What an autoscaler scales: how many replicas it has, and how it is given others.

#include <berth/api/subresource.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/autoscaling/cross_version_object_reference.hpp>
#include <berth/kube/core/replication_controller/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <cstdint>
#include <string_view>

namespace berth::kube {

/// Something that has replicas.
struct scale_target {
    api::scale_state state;
    object::object_ref const* ref = nullptr;
    /// The object with another number of replicas.
    auto (*scaled)(object::any_object const&, std::int32_t) -> object::any_object = nullptr;
};

/// Finds what a reference is to: a deployment, replica set, stateful set or replication controller. Errors:
/// `not_found`, in the words of Kubernetes; custom kinds are not known here.
[[nodiscard]] BERTH_DECL auto find_scale_target(reconcile::snapshot const& world, std::string_view namespace_,
                                                cross_version_object_reference const& to)
    -> result<scale_target>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_target.ipp>
#endif
