#pragma once

/// \file
/// The bodies of `berth/kube/core/persistent_volume_claim/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/kind.hpp>
#include <berth/kube/core/volumes.hpp>

namespace berth::kube::detail {

/// What a claim shows of the volume that it has got.
inline auto shown_if_bound(persistent_volume_claim const& c, std::string text) -> std::string {
    return c.spec.volume_name.empty() ? std::string() : text;
}

/// What a claim is filled with, said in both ways: the older one knows no namespaces.
inline auto complete_sources(persistent_volume_claim_spec& s) -> void {
    auto const& from = s.data_source_ref;
    if (s.data_source && !from)
        s.data_source_ref = typed_object_reference{
            s.data_source->api_group, s.data_source->kind, s.data_source->name, {}, {}};
    else if (from && !s.data_source && (!from->namespace_ || from->namespace_->empty()))
        s.data_source = typed_local_object_reference{from->api_group, from->kind, from->name, {}};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto persistent_volume_claim_kind() -> api::kind_of<persistent_volume_claim> {
    using claim = persistent_volume_claim;
    auto k = api::kind_of<claim>{};
    k.short_names = {"pvc"};
    k.returns_deleted = true;
    k.set_defaults = &set_defaults;
    k.metadata.on_update = api::metadata_rules::again::all;
    k.prepare_create = [](claim& c) {
        c.status.phase = "Pending";
        detail::complete_sources(c.spec);
    };
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.validate_status = &validate_status;
    k.warnings = &warnings_of;
    k.columns = {
        name_column<claim>(),
        column<claim>("Status",
                      [](claim const& c, time_point) -> api::cell {
                          return c.metadata.deleting() ? "Terminating" : c.status.phase;
                      }),
        column<claim>("Volume", [](claim const& c, time_point) -> api::cell { return c.spec.volume_name; }),
        column<claim>("Capacity",
                      [](claim const& c, time_point) -> api::cell {
                          return detail::shown_if_bound(c, shown_storage(c.status.capacity));
                      }),
        column<claim>("Access Modes",
                      [](claim const& c, time_point) -> api::cell {
                          return detail::shown_if_bound(c, shown_access_modes(c.status.access_modes));
                      }),
        column<claim>("StorageClass",
                      [](claim const& c, time_point) -> api::cell { return storage_class_of(c); }),
        column<claim>("VolumeAttributesClass",
                      [](claim const& c, time_point) -> api::cell {
                          return or_unset(c.spec.volume_attributes_class_name);
                      }),
        age_column<claim>(),
        wide_column<claim>("VolumeMode", [](claim const& c, time_point) -> api::cell {
            return or_unset(c.spec.volume_mode);
        })};
    return k;
}

} // namespace berth::kube
