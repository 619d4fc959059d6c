#pragma once

/// \file
/// The bodies of `berth/kube/schedule/filters.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/filters.hpp>

namespace berth::kube::plugins::detail {

BERTH_DECL auto fits(pod_info const& p, node_info const& n) -> schedule::verdict {
    auto out = schedule::verdict();
    if (std::ssize(n.pods) + 1 > n.pod_limit) out &= schedule::reject("Too many pods");
    if (p.request.nothing()) return out;
    check(out, p.request.cpu, n.allocatable.cpu, n.requested.cpu, "Insufficient cpu");
    check(out, p.request.memory, n.allocatable.memory, n.requested.memory, "Insufficient memory");
    check(out, p.request.storage, n.allocatable.storage, n.requested.storage,
          "Insufficient ephemeral-storage");
    for (auto const& [name, wanted] : p.request.extended) {
        auto const all = n.allocatable.extended.get(name);
        if (wanted <= all - n.requested.extended.get(name)) continue;
        auto reason = "Insufficient " + name;
        out &= wanted > all ? schedule::rule_out(std::move(reason)) : schedule::reject(std::move(reason));
    }
    return out;
}

} // namespace berth::kube::plugins::detail
