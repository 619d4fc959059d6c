#pragma once

/// \file
/// The bodies of `berth/kube/storage/storage_class/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/storage/storage_class/admission.hpp>
#include <berth/kube/storage/storage_class/kind.hpp>

namespace berth::kube::detail {

/// The class of claims that name none is told apart.
inline auto shown_class_name(storage_class const& c) -> std::string {
    return is_default(c) ? c.metadata.name + " (default)" : c.metadata.name;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto storage_class_kind() -> api::kind_of<storage_class> {
    auto k = api::kind_of<storage_class>{};
    k.short_names = {"sc"};
    k.returns_deleted = true;
    k.metadata.on_update = api::metadata_rules::again::all;
    k.set_defaults = &set_defaults;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {
        {.name = "Name",
         .value = [](storage_class const& c, time_point) -> api::cell { return detail::shown_class_name(c); },
         .format = "name"},
        column<storage_class>("Provisioner",
                              [](storage_class const& c, time_point) -> api::cell { return c.provisioner; }),
        column<storage_class>("ReclaimPolicy",
                              [](storage_class const& c, time_point) -> api::cell {
                                  return c.reclaim_policy ? *c.reclaim_policy : std::string("Delete");
                              }),
        column<storage_class>("VolumeBindingMode",
                              [](storage_class const& c, time_point) -> api::cell {
                                  return c.volume_binding_mode ? *c.volume_binding_mode
                                                               : std::string("Immediate");
                              }),
        column<storage_class>("AllowVolumeExpansion",
                              [](storage_class const& c, time_point) -> api::cell {
                                  return c.allow_volume_expansion.value_or(false);
                              }),
        age_column<storage_class>()};
    return k;
}

} // namespace berth::kube
