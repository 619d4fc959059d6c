#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/volume_restrictions.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/volume_restrictions.hpp>
#include <berth/kube/schedule/volume_claims.hpp>

#include <algorithm>
#include <set>

namespace berth::kube::plugins::detail {

inline auto disks_conflict(volume_restrictions_leaf::wanted const& w, node_info const& n) -> bool {
    auto conflict = false;
    for (auto const& p : n.pods)
        for (auto const& v : p->spec().volumes)
            each_disk(v, [&](std::string const& disk, bool written) {
                auto const at = w.disks.find(disk);
                conflict = conflict || (at != w.disks.end() && (written || at->second));
            });
    return conflict;
}

/// Adds the uses of claims by the pods of a node, or takes them away.
inline auto count_uses(volume_restrictions_leaf::wanted& w, pod_info const& p, node_info const& n,
                       std::int64_t times) -> void {
    for (auto const& other : n.pods) {
        if (other->value->metadata.namespace_ != p.value->metadata.namespace_) continue;
        for (auto const& v : other->spec().volumes) {
            if (!v.persistent_volume_claim) continue;
            auto const at = w.claims.find(v.persistent_volume_claim->claim_name);
            if (at != w.claims.end()) at->second += times;
        }
    }
}

BERTH_DECL auto volume_restrictions_leaf::prepare(pod_info const& p, std::span<node_info const> nodes) const
    -> state {
    auto out = wanted();
    for (auto const& v : p.spec().volumes) {
        each_disk(v, [&](std::string const& disk, bool written) { out.disks[disk] |= written; });
        if (!v.persistent_volume_claim) continue;
        auto const& of = v.persistent_volume_claim->claim_name;
        auto const* const c = p.catalogue->claims.find(p.value->metadata.namespace_, of);
        if (c == nullptr) return std::unexpected(schedule::rule_out(claim_not_found(of)));
        auto const& modes = c->spec.access_modes;
        if (std::find(modes.begin(), modes.end(), "ReadWriteOncePod") != modes.end()) out.claims[of] = 0;
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

BERTH_DECL auto volume_restrictions_leaf::operator()(pod_info const&, node_info const& n,
                                                     wanted const& w) const -> schedule::verdict {
    if (!w.disks.empty() && disks_conflict(w, n)) return schedule::reject("node(s) had no available disk");
    if (std::any_of(w.claims.begin(), w.claims.end(), [](auto const& c) { return c.second > 0; }))
        return schedule::reject("node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod "
                                "access mode already in-use by another pod");
    return schedule::accept;
}

BERTH_DECL auto volume_restrictions_leaf::helped_by(pod_info const& p,
                                                    kind_changed<persistent_volume_claim> const& c) const
    -> bool {
    return c.either([&](auto const& claim) { return is_on(*p.value, claim); });
}

BERTH_DECL auto volume_restrictions_leaf::helped_by(pod_info const& p, pod_went const& c) const -> bool {
    auto mine = std::set<std::string>();
    for (auto const& v : p.spec().volumes) {
        each_disk(v, [&](std::string const& disk, bool) { mine.insert(disk); });
        if (v.persistent_volume_claim) mine.insert("claim\n" + v.persistent_volume_claim->claim_name);
    }
    auto const neighbours = p.value->metadata.namespace_ == c.pod.value->metadata.namespace_;
    auto shared = false;
    for (auto const& v : c.pod.spec().volumes) {
        each_disk(v, [&](std::string const& disk, bool) { shared = shared || mine.contains(disk); });
        if (neighbours && v.persistent_volume_claim)
            shared = shared || mine.contains("claim\n" + v.persistent_volume_claim->claim_name);
    }
    return shared;
}

} // namespace berth::kube::plugins::detail
