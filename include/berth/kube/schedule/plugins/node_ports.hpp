#pragma once

/// \file
/// Ports of the node.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/filter.hpp>

namespace berth::kube::plugins {

namespace detail {

BERTH_DECL auto ports_clash(pod_info const& p, node_info const& n) -> bool;

} // namespace detail

/// Two pods cannot have one port of the node (kubernetes 1.36, `nodeports`).
inline constexpr auto node_ports = schedule::filter<"NodePorts", schedule::reads<&node_info::ports>>(
    [](pod_info const& p, node_info const& n) -> schedule::verdict {
        if (p.ports.empty() || !detail::ports_clash(p, n)) return schedule::accept;
        return schedule::reject("node(s) didn't have free ports for the requested pod ports");
    });

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/node_ports.ipp>
#endif
