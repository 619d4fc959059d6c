#pragma once

/// \file
/// What a node is when its manifest does not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`).

#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/defaults/container.hpp>

namespace berth::kube {

/// Fills in a node: what it has is what pods may have, unless it says otherwise.
inline auto set_defaults(node& n) -> void {
    detail::round_amounts(n.status.capacity);
    detail::round_amounts(n.status.allocatable);
    if (n.status.allocatable.empty()) n.status.allocatable = n.status.capacity;
    // The old field for one range and the new one for several agree; the old one wins.
    auto& one = n.spec.pod_cidr;
    auto& all = n.spec.pod_cidrs;
    if (one.empty() && !all.empty()) one = all.front();
    if (!one.empty() && (all.empty() || all.front() != one)) all = {one};
}

} // namespace berth::kube
