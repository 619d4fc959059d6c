#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/node_ports.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/node_ports.hpp>

namespace berth::kube::plugins::detail {

BERTH_DECL auto ports_clash(std::vector<host_port> const& wanted, std::vector<host_port> const& taken)
    -> bool {
    for (auto const& w : wanted)
        for (auto const& t : taken)
            if (w.clashes(t)) return true;
    return false;
}

} // namespace berth::kube::plugins::detail
