#pragma once

/// \file
/// The bodies of `berth/kube/storage/csi_storage_capacity/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/storage/csi_storage_capacity/kind.hpp>

namespace berth::kube {

BERTH_DECL auto csi_storage_capacity_kind() -> api::kind_of<csi_storage_capacity> {
    using capacity = csi_storage_capacity;
    auto k = api::kind_of<capacity>{};
    k.unconditional_update = false;
    k.columns = {
        name_column<capacity>(),
        column<capacity>("StorageClassName",
                         [](capacity const& c, time_point) -> api::cell { return c.storage_class_name; }),
        column<capacity>("Capacity", [](capacity const& c, time_point) -> api::cell {
            return c.capacity ? c.capacity->to_string() : std::string("<unset>");
        })};
    return k;
}

} // namespace berth::kube
