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

/// Two pods cannot have one port of the node (kubernetes 1.36, `nodeports`).
struct free_ports {
    static constexpr std::string_view name = "NodePorts";
    using reads = schedule::reads<&node_info::ports>;

    auto operator()(pod_info const& p, node_info const& n) const -> schedule::verdict;
    /// Those who have the ports leave.
    [[nodiscard]] auto remedies(pod_info const& p, node_info const& n) const -> std::vector<remedy>;

    /// A pod that leaves helps if it had a port that is wanted.
    [[nodiscard]] auto helped_by(pod_info const& p, pod_went const& c) const -> bool;
};

inline constexpr auto node_ports = schedule::filter<free_ports>({});

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/node_ports.ipp>
#endif
