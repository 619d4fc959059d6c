#pragma once

/// \file
/// How controllers make and delete pods, and what they tell of it (kubernetes 1.36, `controller_utils.go`,
/// `RealPodControl`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/plan.hpp>
#include <berth/reconcile/table.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace berth::kube {

/// A pod like a template, controlled by the object of that metadata, which `reference` is to; the server
/// makes its name.
[[nodiscard]] BERTH_DECL auto pod_like(pod_template_spec const& t, object::meta const& owner,
                                       object::owner_reference reference) -> pod;

/// Looks again when the first of the pods that are ready becomes available, which is by the passing of time
/// alone.
BERTH_DECL auto look_again_when_available(reconcile::plan& plan,
                                          std::vector<reconcile::seen<pod>> const& pods,
                                          std::int32_t min_ready_seconds, time_point now) -> void;

/// Makes a pod, and tells its owner's readers.
template <class Owner> auto make_pod(reconcile::plan& plan, Owner const& owner, pod p) -> void {
    plan.create(std::move(p));
    plan.tell(owner, "SuccessfulCreate", "Created pod: {name}");
    plan.warn(owner, "FailedCreate", "Error creating: {error}", reconcile::note::when::failed);
}

/// Deletes a pod, and tells its owner's readers.
template <class Owner>
auto delete_pod(reconcile::plan& plan, Owner const& owner, reconcile::seen<pod> p) -> void {
    plan.remove(p, {.any_revision = true});
    plan.tell(owner, "SuccessfulDelete", "Deleted pod: " + p->metadata.name);
    plan.warn(owner, "FailedDelete", "Error deleting: {error}", reconcile::note::when::failed);
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/pod_steps.ipp>
#endif
