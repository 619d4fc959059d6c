#pragma once

/// \file
/// How many volumes a node takes.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/pod_changes.hpp>
#include <berth/schedule/filter.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube::plugins {

namespace detail {

struct node_volume_limits_leaf {
    static constexpr std::string_view name = "NodeVolumeLimits";
    using reads = schedule::reads<&node_info::pods, facets::name, facets::csi_nodes, facets::claims,
                                  facets::volumes, facets::storage_classes>;
    using surveys = schedule::surveys<>;

    /// A volume that a driver attaches to nodes.
    struct attachment {
        std::string driver;
        std::string handle;
        std::string_view plugin = {}; ///< in whose name it is told; counts only where that has been replaced

        friend auto operator==(attachment const&, attachment const&) -> bool = default;
    };
    /// What the pod would have attached, or why that is not known.
    struct wanted {
        std::vector<attachment> volumes;
        std::string problem;
    };

    auto prepare(pod_info const& p) const -> std::optional<wanted>;
    auto operator()(pod_info const& p, node_info const& n, wanted const& w) const -> schedule::verdict;

    /// A pod that had volumes.
    auto helped_by(pod_info const& p, pod_went const& c) const -> bool;
};

} // namespace detail

/// A node takes as many volumes of a storage driver as its CSINode says; one volume of several pods counts
/// once (kubernetes 1.36, `nodevolumelimits`). Volumes that are attached though no pod of the node has them
/// any more are not seen.
inline constexpr auto node_volume_limits = schedule::filter<detail::node_volume_limits_leaf>({});

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/node_volume_limits.ipp>
#endif
