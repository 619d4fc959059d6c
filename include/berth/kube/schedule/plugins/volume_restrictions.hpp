#pragma once

/// \file
/// Volumes that not everybody can have at once.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/filter.hpp>

#include <expected>
#include <span>
#include <string>
#include <vector>

namespace berth::kube::plugins {

namespace detail {

struct volume_restrictions_leaf {
    static constexpr std::string_view name = "VolumeRestrictions";
    using reads = schedule::reads<&node_info::pods, facets::claims>;
    using surveys = schedule::surveys<&node_info::pods>;

    /// The pod's claims that are for one pod only.
    struct sole_uses {
        struct claim {
            std::string name;
            std::int64_t pods = 0; ///< which have it now
        };
        std::vector<claim> claims;
        bool disks = false; ///< whether the pod has disks that are restricted
    };

    using state = std::expected<sole_uses, schedule::verdict>;

    auto prepare(pod_info const& p, std::span<node_info const> nodes) const -> state;
    auto advance(state s, pod_info const& p, schedule::change<node_info> const& what) const -> state;
    auto operator()(pod_info const& p, node_info const& n, sole_uses const& s) const -> schedule::verdict;
};

} // namespace detail

/// A node takes a disk of some clouds and networks once, unless all who have it only read; a claim for one
/// pod only is for one pod of the cluster (kubernetes 1.36, `volumerestrictions`).
inline constexpr auto volume_restrictions = schedule::filter<detail::volume_restrictions_leaf>({});

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/volume_restrictions.ipp>
#endif
