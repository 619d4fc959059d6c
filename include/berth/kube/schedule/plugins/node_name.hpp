#pragma once

/// \file
/// Pods that name their node.

#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/filter.hpp>

namespace berth::kube::plugins {

/// A pod that names its node goes there or nowhere (kubernetes 1.36, `nodename`).
inline constexpr auto node_name = schedule::filter<"NodeName", schedule::reads<facets::name>>(
    [](pod_info const& p, node_info const& n) -> schedule::verdict {
        if (p.spec().node_name.empty() || p.spec().node_name == n.name()) return schedule::accept;
        return schedule::rule_out("node(s) didn't match the requested node name");
    });

} // namespace berth::kube::plugins
