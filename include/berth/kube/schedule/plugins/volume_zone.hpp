#pragma once

/// \file
/// Zones and regions of volumes.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/pod_changes.hpp>
#include <berth/schedule/filter.hpp>

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube::plugins {

namespace detail {

struct volume_zone_leaf {
    static constexpr std::string_view name = "VolumeZone";
    using reads = schedule::reads<facets::labels, facets::claims, facets::volumes, facets::storage_classes>;
    using surveys = schedule::surveys<>;

    /// A label that a volume has: where it can be reached from.
    struct place {
        std::string_view key;
        std::vector<std::string> values;
    };
    using places = std::vector<place>;

    auto prepare(pod_info const& p) const -> std::expected<places, schedule::verdict>;
    auto operator()(pod_info const& p, node_info const& n, places const& wanted) const -> schedule::verdict;
    /// The zone and the region of the volumes.
    [[nodiscard]] auto remedies(pod_info const& p, node_info const& n, places const& wanted) const
        -> std::vector<remedy>;

    /// The pod's claims, their classes and volumes.
    auto helped_by(pod_info const& p, kind_changed<persistent_volume_claim> const& c) const -> bool;
    auto helped_by(pod_info const& p, kind_changed<persistent_volume> const& c) const -> bool;
    auto helped_by(pod_info const& p, kind_changed<storage_class> const& c) const -> bool;
    auto helped_by(pod_info const&, pod_came const&) const -> bool { return false; }
    auto helped_by(pod_info const&, pod_went const&) const -> bool { return false; }
    template <object::kind_type T> auto helped_by(pod_info const&, kind_changed<T> const&) const -> bool {
        return false;
    }
};

/// A node's label; for one of old times also the present one.
[[nodiscard]] BERTH_DECL auto place_of(node_info const& n, std::string_view key) -> std::string const*;

} // namespace detail

/// A node with a zone or region takes only pods whose volumes are of the same (kubernetes 1.36,
/// `volumezone`).
inline constexpr auto volume_zone = schedule::filter<detail::volume_zone_leaf>({});

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/volume_zone.ipp>
#endif
