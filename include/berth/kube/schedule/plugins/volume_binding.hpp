#pragma once

/// \file
/// Volumes that are bound already, and those that wait for the pod's node.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/pod_changes.hpp>
#include <berth/kube/schedule/volume_binding.hpp>
#include <berth/schedule/filter.hpp>

#include <expected>
#include <string_view>

namespace berth::kube::plugins {

namespace detail {

struct volume_binding_leaf {
    static constexpr std::string_view name = "VolumeBinding";
    using reads = schedule::reads<facets::labels, facets::name, facets::claims, facets::volumes,
                                  facets::storage_classes, facets::csi_nodes, facets::csi_drivers,
                                  facets::storage_capacities>;
    using surveys = schedule::surveys<>;

    auto prepare(pod_info const& p) const -> std::expected<claims_to_place, schedule::verdict>;
    auto operator()(pod_info const& p, node_info const& n, claims_to_place const& claims) const
        -> schedule::verdict;

    /// The pod's claims, their classes, volumes of these, and room for such.
    auto helped_by(pod_info const& p, kind_changed<persistent_volume_claim> const& c) const -> bool;
    auto helped_by(pod_info const& p, kind_changed<persistent_volume> const& c) const -> bool;
    auto helped_by(pod_info const& p, kind_changed<storage_class> const& c) const -> bool;
    auto helped_by(pod_info const& p, kind_changed<csi_storage_capacity> const& c) const -> bool;
    auto helped_by(pod_info const&, kind_changed<csi_driver> const&) const -> bool { return true; }
    /// Other drivers stand for plugins of old.
    auto helped_by(pod_info const& p, kind_changed<csi_node> const& c) const -> bool;
    auto helped_by(pod_info const&, pod_came const&) const -> bool { return false; }
    auto helped_by(pod_info const&, pod_went const&) const -> bool { return false; }
    template <object::kind_type T> auto helped_by(pod_info const&, kind_changed<T> const&) const -> bool {
        return false;
    }
};

} // namespace detail

/// A node must reach the volumes of the pod's claims. A claim that waits for its pod must find a volume
/// there, or its class must be able to make one, with room for it if the driver tells how much it has
/// (kubernetes 1.36, `volumebinding`). What is to be bound and made is `plan_volumes`.
inline constexpr auto volume_binding = schedule::filter<detail::volume_binding_leaf>({});

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/volume_binding.ipp>
#endif
