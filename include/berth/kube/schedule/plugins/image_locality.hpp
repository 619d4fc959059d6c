#pragma once

/// \file
/// Images that are there already.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/score.hpp>

#include <span>
#include <string>
#include <vector>

namespace berth::kube::plugins {

/// Prefers nodes that have a pod's images, the more so the larger these are and the more nodes have them.
struct images_at_hand {
    static constexpr std::string_view name = "ImageLocality";
    using reads = schedule::reads<facets::images>;
    using surveys = schedule::surveys<facets::images>;

    /// The images of the pod's containers, and on how many of all nodes they are.
    struct wanted {
        struct image {
            std::string name;
            std::int64_t times = 0; ///< how many containers want it
            std::int64_t nodes = 0;
        };
        std::vector<image> images;
        std::int64_t all_nodes = 0;
        std::int64_t containers = 0;
    };

    auto prepare(pod_info const& p, std::span<node_info const> nodes) const -> wanted;
    auto operator()(pod_info const& p, node_info const& n, wanted const& w) const -> schedule::points;
};

/// The sizes of the images that a node has, each times the share of nodes that have it, on a scale from 23
/// MiB to 1000 MiB for each container (kubernetes 1.36, `imagelocality`).
inline constexpr auto image_locality = schedule::score<images_at_hand>({});

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/image_locality.ipp>
#endif
