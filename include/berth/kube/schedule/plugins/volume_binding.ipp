#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/volume_binding.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/volumes.hpp>
#include <berth/kube/schedule/csi_migration.hpp>
#include <berth/kube/schedule/plugins/volume_binding.hpp>
#include <berth/kube/schedule/volume_claims.hpp>

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

BERTH_DECL auto volume_binding_leaf::helped_by(pod_info const& p,
                                               kind_changed<persistent_volume_claim> const& c) const -> bool {
    return c.either([&](auto const& claim) { return is_on(*p.value, claim); });
}

BERTH_DECL auto volume_binding_leaf::helped_by(pod_info const& p,
                                               kind_changed<persistent_volume> const& c) const -> bool {
    return c.either([&](auto const& v) {
        return any_claim(*p.value, *p.catalogue, [&](auto const& claim) {
            return claim.spec.volume_name == v.metadata.name ||
                   storage_class_of(claim) == storage_class_of(v);
        });
    });
}

BERTH_DECL auto volume_binding_leaf::helped_by(pod_info const& p, kind_changed<storage_class> const& c) const
    -> bool {
    return c.either(
        [&](auto const& kind) { return has_claim_of_class(*p.value, *p.catalogue, kind.metadata.name); });
}

BERTH_DECL auto volume_binding_leaf::helped_by(pod_info const& p,
                                               kind_changed<csi_storage_capacity> const& c) const -> bool {
    return c.either([&](auto const& room) {
        return has_claim_of_class(*p.value, *p.catalogue, room.storage_class_name);
    });
}

BERTH_DECL auto volume_binding_leaf::helped_by(pod_info const&, kind_changed<csi_node> const& c) const
    -> bool {
    if (c.after == nullptr) return false;
    return c.before == nullptr || plugins_replaced_on(*c.before) != plugins_replaced_on(*c.after);
}

} // namespace berth::kube::plugins::detail
