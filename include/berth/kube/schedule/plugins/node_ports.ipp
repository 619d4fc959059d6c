#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/node_ports.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/node_ports.hpp>

#include <vector>

namespace berth::kube::plugins {

namespace detail {

inline auto clash(std::vector<host_port> const& wanted, std::vector<host_port> const& taken) -> bool {
    for (auto const& a : wanted)
        for (auto const& b : taken)
            if (a.clashes(b)) return true;
    return false;
}

} // namespace detail

BERTH_DECL auto free_ports::operator()(pod_info const& p, node_info const& n) const -> schedule::verdict {
    if (p.ports.empty() || !detail::clash(p.ports, n.ports)) return schedule::accept;
    return schedule::reject("node(s) didn't have free ports for the requested pod ports");
}

BERTH_DECL auto free_ports::helped_by(pod_info const& p, pod_went const& c) const -> bool {
    return detail::clash(p.ports, c.pod.ports);
}

} // namespace berth::kube::plugins
