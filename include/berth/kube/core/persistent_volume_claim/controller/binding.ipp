#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/controller/binding.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/controller/binding.hpp>
#include <berth/kube/core/volumes.hpp>

#include <utility>

namespace berth::kube {

BERTH_DECL auto set_phase(reconcile::plan& plan, reconcile::seen<persistent_volume> before,
                          persistent_volume now, std::string_view phase, std::string_view message,
                          time_point when) -> void {
    if (now.status.phase == phase) return;
    now.status.phase = phase;
    now.status.message = message;
    now.status.last_phase_transition_time = object::timestamp(when);
    plan.update_status(before, std::move(now));
}

BERTH_DECL auto set_phase(reconcile::plan& plan, reconcile::seen<persistent_volume_claim> before,
                          persistent_volume_claim now, std::string_view phase, persistent_volume const* has)
    -> void {
    auto const was = now.status;
    if (has == nullptr) {
        now.status.access_modes.clear();
        now.status.capacity = {};
    } else {
        now.status.access_modes = has->spec.access_modes;
        if (now.status.phase != phase) now.status.capacity = has->spec.capacity;
        now.status.current_volume_attributes_class_name = has->spec.volume_attributes_class_name;
    }
    now.status.phase = phase;
    if (!(now.status == was)) plan.update_status(before, std::move(now));
}

BERTH_DECL auto bind(reconcile::plan& plan, reconcile::seen<persistent_volume> v,
                     reconcile::seen<persistent_volume_claim> c, time_point now) -> void {
    auto taken = *v;
    if (auto changed = bound_to(*v, *c)) {
        taken = *std::move(changed);
        plan.update(v, taken);
    }
    set_phase(plan, v, taken, "Bound", "", now);
    auto served = *c;
    auto& notes = served.metadata.annotations;
    if (served.spec.volume_name != v->metadata.name) {
        served.spec.volume_name = v->metadata.name;
        if (!notes.contains(bound_by_controller_annotation)) notes[bound_by_controller_annotation] = "yes";
    }
    if (!notes.contains(bind_completed_annotation)) notes[bind_completed_annotation] = "yes";
    plan.update(c, served);
    set_phase(plan, c, std::move(served), "Bound", &*v);
}

} // namespace berth::kube
