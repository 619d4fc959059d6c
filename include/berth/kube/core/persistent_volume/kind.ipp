#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/kind.hpp>
#include <berth/kube/core/persistent_volume/validation.hpp>
#include <berth/kube/core/volumes.hpp>

namespace berth::kube::detail {

inline auto shown_claim(persistent_volume const& v) -> std::string {
    if (!v.spec.claim_ref) return {};
    return v.spec.claim_ref->namespace_ + "/" + v.spec.claim_ref->name;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto persistent_volume_kind() -> api::kind_of<persistent_volume> {
    using pv = persistent_volume;
    auto k = api::kind_of<pv>{};
    k.short_names = {"pv"};
    k.returns_deleted = true;
    k.set_defaults = &set_defaults;
    k.metadata.on_update = api::metadata_rules::again::all;
    k.prepare_create = [](pv& v) {
        v.status.phase = "Pending";
        v.status.last_phase_transition_time = v.metadata.creation_timestamp;
    };
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {
        name_column<pv>(),
        column<pv>("Capacity",
                   [](pv const& v, time_point) -> api::cell { return shown_storage(v.spec.capacity); }),
        column<pv>(
            "Access Modes",
            [](pv const& v, time_point) -> api::cell { return shown_access_modes(v.spec.access_modes); }),
        column<pv>(
            "Reclaim Policy",
            [](pv const& v, time_point) -> api::cell { return v.spec.persistent_volume_reclaim_policy; }),
        column<pv>("Status",
                   [](pv const& v, time_point) -> api::cell {
                       return v.metadata.deleting() ? "Terminating" : v.status.phase;
                   }),
        column<pv>("Claim", [](pv const& v, time_point) -> api::cell { return detail::shown_claim(v); }),
        column<pv>("StorageClass", [](pv const& v, time_point) -> api::cell { return storage_class_of(v); }),
        column<pv>("VolumeAttributesClass",
                   [](pv const& v, time_point) -> api::cell {
                       return or_unset(v.spec.volume_attributes_class_name);
                   }),
        column<pv>("Reason", [](pv const& v, time_point) -> api::cell { return v.status.reason; }),
        age_column<pv>(),
        wide_column<pv>("VolumeMode",
                        [](pv const& v, time_point) -> api::cell { return or_unset(v.spec.volume_mode); })};
    return k;
}

} // namespace berth::kube
