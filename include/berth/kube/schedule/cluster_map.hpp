#pragma once

/// \file
/// A picture of a cluster: each node a box with bars for its processors and memory, in groups by zone; with
/// an explanation, nodes that refuse a pod are coloured by reason and the chosen one is marked. An SVG
/// document.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/explain.hpp>

#include <span>
#include <string>
#include <string_view>

namespace berth::kube {

/// What a map shows beside the nodes.
struct map_options {
    std::string_view title;                                    ///< a line above; none if empty
    schedule::explanation const* account = nullptr;            ///< of a decision over the same nodes
    std::string_view group_by = "topology.kubernetes.io/zone"; ///< the label that makes groups
    int width = 1200;                                          ///< in pixels; the height follows
};

/// The map as an SVG document (valid XML; names are escaped). Boxes are the larger the fewer nodes there are;
/// a name stands in its box where it fits, and each box says all in its `<title>`, which browsers show under
/// the pointer. Colours stand for what the first refusing filter says; the most frequent reasons have one of
/// their own, the rest share the last. The same cluster gives the same text. Linear in nodes and pods.
[[nodiscard]] BERTH_DECL auto cluster_map(std::span<node_info const> nodes, map_options const& how = {})
    -> std::string;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/cluster_map.ipp>
#endif
