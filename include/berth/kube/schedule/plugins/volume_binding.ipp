#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/volume_binding.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/volume_binding.hpp>

#include <utility>

namespace berth::kube::plugins::detail {

BERTH_DECL auto volume_binding_leaf::prepare(pod_info const& p) const
    -> std::expected<claims_to_place, schedule::verdict> {
    auto claims = claims_to_place_of(*p.value, *p.catalogue);
    if (!claims) return std::unexpected(schedule::rule_out(std::move(claims.error())));
    return *std::move(claims);
}

BERTH_DECL auto volume_binding_leaf::operator()(pod_info const& p, node_info const& n,
                                                claims_to_place const& claims) const -> schedule::verdict {
    if (claims.empty()) return schedule::accept;
    auto const plan = plan_volumes(claims, *n.value, *p.catalogue);
    auto out = schedule::verdict();
    if (plan.volume_elsewhere)
        out &= schedule::rule_out("node(s) didn't match PersistentVolume's node affinity");
    if (plan.no_volume) out &= schedule::rule_out("node(s) didn't find available persistent volumes to bind");
    if (plan.too_little_room) out &= schedule::rule_out("node(s) did not have enough free storage");
    if (plan.volume_missing)
        out &=
            schedule::rule_out("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
    return out;
}

} // namespace berth::kube::plugins::detail
