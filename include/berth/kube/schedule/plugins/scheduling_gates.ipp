#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/scheduling_gates.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/scheduling_gates.hpp>

namespace berth::kube::plugins::detail {

BERTH_DECL auto gated(pod_info const& p) -> schedule::verdict {
    auto names = std::string();
    for (auto const& gate : p.spec().scheduling_gates) names += (names.empty() ? "" : " ") + gate.name;
    return schedule::rule_out("waiting for scheduling gates: [" + names + "]");
}

} // namespace berth::kube::plugins::detail
