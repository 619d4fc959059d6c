#pragma once

/// \file
/// Ports of the node.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/pod_changes.hpp>
#include <berth/schedule/filter.hpp>

#include <string_view>
#include <vector>

namespace berth::kube::plugins {

namespace detail {

BERTH_DECL auto ports_clash(std::vector<host_port> const& wanted, std::vector<host_port> const& taken)
    -> bool;

} // namespace detail

/// Two pods cannot have one port of the node (kubernetes 1.36, `nodeports`).
struct free_ports {
    static constexpr std::string_view name = "NodePorts";
    using reads = schedule::reads<&node_info::ports>;

    auto operator()(pod_info const& p, node_info const& n) const -> schedule::verdict {
        if (p.ports.empty() || !detail::ports_clash(p.ports, n.ports)) return schedule::accept;
        return schedule::reject("node(s) didn't have free ports for the requested pod ports");
    }
    /// A pod that leaves helps if it had a port that is wanted.
    auto helped_by(pod_info const& p, pod_went const& w) const -> bool {
        return detail::ports_clash(p.ports, w.pod.ports);
    }
    auto helped_by(pod_info const& p, pod_came const& c) const -> bool {
        return c.before != nullptr && detail::ports_clash(p.ports, c.before->ports);
    }
};
inline constexpr auto node_ports = schedule::filter<free_ports>({});

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/node_ports.ipp>
#endif
