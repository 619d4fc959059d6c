#pragma once

/// \file
/// The bodies of `berth/kube/control/ttl_after_finished.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/state.hpp>
#include <berth/kube/control/ttl_after_finished.hpp>

namespace berth::kube::detail {

/// When a job was over; the zero time if it is not, or does not tell.
inline auto over_since(job const& j) -> object::timestamp {
    for (auto const& c : j.status.conditions)
        if ((c.type == "Complete" || c.type == "Failed") && c.status == "True") return c.last_transition_time;
    return {};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto ttl_after_finished_controller::reconcile(reconcile::snapshot const& world,
                                                         object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const j = world.get<job>(k);
    if (!j || j->metadata.deleting() || !j->spec.ttl_seconds_after_finished) return plan;
    auto const since = detail::over_since(*j);
    if (since.is_zero()) return plan;
    auto const left = since.time() + seconds(*j->spec.ttl_seconds_after_finished) - world.now();
    if (left > duration()) plan.look_again(left);
    else plan.remove(j, {.policy = api::propagation::foreground});
    return plan;
}

} // namespace berth::kube
