#pragma once

/// \file
/// Volumes that not everybody can have at once.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/pod_changes.hpp>
#include <berth/schedule/filter.hpp>

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube::plugins {

namespace detail {

/// Calls `f` with what makes a disk one that a node has once, and whether the volume writes to it.
template <class F> auto each_disk(volume const& v, F f) -> void {
    if (auto const& d = v.gce_persistent_disk) f("gce\n" + d->pd_name, !d->read_only);
    if (auto const& d = v.aws_elastic_block_store) f("aws\n" + d->volume_id, true);
    if (auto const& d = v.iscsi) f("iscsi\n" + d->iqn, !d->read_only);
    if (auto const& d = v.rbd)
        for (auto const& monitor : d->monitors)
            f("rbd\n" + d->pool + "\n" + d->image + "\n" + monitor, !d->read_only);
}

struct volume_restrictions_leaf {
    static constexpr std::string_view name = "VolumeRestrictions";
    using reads = schedule::reads<&node_info::pods, facets::claims>;
    using surveys = schedule::surveys<&node_info::pods>;

    /// What the pod has that not everybody can have.
    struct wanted {
        /// Disks that a node has once, by what makes them one, and whether they are written.
        std::map<std::string, bool, std::less<>> disks;
        /// Claims that are for one pod only, and how many pods have them.
        std::map<std::string, std::int64_t, std::less<>> claims;

        friend auto operator==(wanted const&, wanted const&) -> bool = default;
    };

    using state = std::expected<wanted, schedule::verdict>;

    auto prepare(pod_info const& p, std::span<node_info const> nodes) const -> state;
    auto advance(state s, pod_info const& p, schedule::change<node_info> const& what) const -> state;
    auto operator()(pod_info const& p, node_info const& n, wanted const& w) const -> schedule::verdict;
    /// Pods of the node that have the disk or the claim leave.
    [[nodiscard]] auto remedies(pod_info const& p, node_info const& n, wanted const& w) const
        -> std::vector<remedy>;

    /// One of the pod's claims, or a pod that had one or a disk of the pod's.
    auto helped_by(pod_info const& p, kind_changed<persistent_volume_claim> const& c) const -> bool;
    auto helped_by(pod_info const& p, pod_went const& c) const -> bool;
    auto helped_by(pod_info const&, pod_came const& c) const -> bool { return c.before != nullptr; }
    template <object::kind_type T> auto helped_by(pod_info const&, kind_changed<T> const&) const -> bool {
        return false;
    }
};

} // namespace detail

/// A node takes a disk of some clouds and networks once, unless all who have it only read; a claim for one
/// pod only is for one pod of the cluster (kubernetes 1.36, `volumerestrictions`).
inline constexpr auto volume_restrictions = schedule::filter<detail::volume_restrictions_leaf>({});

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/volume_restrictions.ipp>
#endif
