#pragma once

/// \file
/// The bodies of `berth/kube/core/node/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(node& n) -> void {
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
