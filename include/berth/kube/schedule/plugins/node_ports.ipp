#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/node_ports.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/node_ports.hpp>

namespace berth::kube::plugins::detail {

BERTH_DECL auto ports_clash(pod_info const& p, node_info const& n) -> bool {
    for (auto const& wanted : p.ports)
        for (auto const& taken : n.ports)
            if (wanted.clashes(taken)) return true;
    return false;
}

} // namespace berth::kube::plugins::detail
