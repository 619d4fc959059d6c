#pragma once

/// \file
/// Deletes jobs some time after they are over (kubernetes 1.36, `pkg/controller/ttlafterfinished`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/type.hpp>
#include <berth/reconcile/controller.hpp>

#include <string_view>

namespace berth::kube {

/// Deletes a job, after its pods, so many seconds after it was over as it says itself.
struct ttl_after_finished_controller {
    static constexpr std::string_view name = "ttl-after-finished";
    using reconciles = job;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan;
};
static_assert(reconcile::controller<ttl_after_finished_controller>);

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/ttl_after_finished.ipp>
#endif
