#pragma once

/// \file
/// The bodies of `berth/kube/storage/csi_node/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/storage/csi_node/kind.hpp>

namespace berth::kube {

BERTH_DECL auto csi_node_kind() -> api::kind_of<csi_node> {
    auto k = api::kind_of<csi_node>{};
    k.unconditional_update = false;
    k.returns_deleted = true;
    k.columns = {name_column<csi_node>(),
                 number_column<csi_node>("Drivers",
                                         [](csi_node const& n, time_point) -> api::cell {
                                             return static_cast<std::int64_t>(n.spec.drivers.size());
                                         }),
                 age_column<csi_node>()};
    return k;
}

} // namespace berth::kube
