#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/volume_restrictions.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/volume_restrictions.hpp>
#include <berth/kube/schedule/volume_claims.hpp>

#include <algorithm>
#include <unordered_set>

namespace berth::kube::plugins::detail {

inline auto overlap(std::vector<std::string> const& a, std::vector<std::string> const& b) -> bool {
    auto const known = std::unordered_set<std::string_view>(a.begin(), a.end());
    return std::any_of(b.begin(), b.end(), [&](auto const& text) { return known.contains(text); });
}

/// Whether a volume is one of the disks that are restricted.
inline auto is_shared_disk(volume const& v) -> bool {
    return v.gce_persistent_disk || v.aws_elastic_block_store || v.rbd || v.iscsi;
}

/// Whether a node cannot have both volumes.
inline auto exclude_each_other(volume const& a, volume const& b) -> bool {
    auto const written = [](auto const& x, auto const& y) { return !x->read_only || !y->read_only; };
    if (a.gce_persistent_disk && b.gce_persistent_disk &&
        a.gce_persistent_disk->pd_name == b.gce_persistent_disk->pd_name &&
        written(a.gce_persistent_disk, b.gce_persistent_disk))
        return true;
    if (a.aws_elastic_block_store && b.aws_elastic_block_store &&
        a.aws_elastic_block_store->volume_id == b.aws_elastic_block_store->volume_id)
        return true;
    if (a.iscsi && b.iscsi && a.iscsi->iqn == b.iscsi->iqn && written(a.iscsi, b.iscsi)) return true;
    return a.rbd && b.rbd && a.rbd->pool == b.rbd->pool && a.rbd->image == b.rbd->image &&
           written(a.rbd, b.rbd) && overlap(a.rbd->monitors, b.rbd->monitors);
}

inline auto disks_conflict(pod_info const& p, node_info const& n) -> bool {
    for (auto const& wanted : p.spec().volumes) {
        if (!is_shared_disk(wanted)) continue;
        for (auto const& other : n.pods)
            for (auto const& had : other->spec().volumes)
                if (exclude_each_other(wanted, had)) return true;
    }
    return false;
}

/// Adds the uses by the pods of a node, or takes them away.
inline auto count_uses(volume_restrictions_leaf::sole_uses& s, pod_info const& p, node_info const& n,
                       std::int64_t times) -> void {
    for (auto const& other : n.pods) {
        if (other->value->metadata.namespace_ != p.value->metadata.namespace_) continue;
        for (auto const& v : other->spec().volumes)
            for (auto& c : s.claims)
                if (v.persistent_volume_claim && v.persistent_volume_claim->claim_name == c.name)
                    c.pods += times;
    }
}

BERTH_DECL auto volume_restrictions_leaf::prepare(pod_info const& p, std::span<node_info const> nodes) const
    -> state {
    auto out = sole_uses{};
    for (auto const& v : p.spec().volumes) {
        out.disks = out.disks || is_shared_disk(v);
        if (!v.persistent_volume_claim) continue;
        auto const& of = v.persistent_volume_claim->claim_name;
        auto const* const c = p.catalogue->claims.find(p.value->metadata.namespace_, of);
        if (c == nullptr) return std::unexpected(schedule::rule_out(claim_not_found(of)));
        auto const& modes = c->spec.access_modes;
        if (std::find(modes.begin(), modes.end(), "ReadWriteOncePod") == modes.end()) continue;
        auto const known = [&](sole_uses::claim const& other) { return other.name == of; };
        if (std::none_of(out.claims.begin(), out.claims.end(), known)) out.claims.push_back({of, 0});
    }
    if (!out.claims.empty())
        for (auto const& n : nodes) count_uses(out, p, n, 1);
    return out;
}

BERTH_DECL auto volume_restrictions_leaf::advance(state s, pod_info const& p,
                                                  schedule::change<node_info> const& what) const -> state {
    if (!s || s->claims.empty()) return s;
    count_uses(*s, p, what.before, -1);
    count_uses(*s, p, what.after, 1);
    return s;
}

BERTH_DECL auto volume_restrictions_leaf::operator()(pod_info const& p, node_info const& n,
                                                     sole_uses const& s) const -> schedule::verdict {
    if (s.disks && disks_conflict(p, n)) return schedule::reject("node(s) had no available disk");
    if (std::any_of(s.claims.begin(), s.claims.end(), [](auto const& c) { return c.pods > 0; }))
        return schedule::reject("node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod "
                                "access mode already in-use by another pod");
    return schedule::accept;
}

} // namespace berth::kube::plugins::detail
