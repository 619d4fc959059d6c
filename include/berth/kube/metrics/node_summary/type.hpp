#pragma once

/// \file
/// What an agent tells of the use of its node (Berth's own; the kubelet has `/stats/summary` in its place).

#include <berth/core/config.hpp>
#include <berth/kube/metrics/pod_metrics/type.hpp>

#include <string>

namespace berth::kube {

/// What the containers of one pod use.
struct pod_summary {
    std::string namespace_;
    std::string name;
    object::string_map labels;
    object::list<container_metrics> containers;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_summary, "dev.berth.node.v1alpha1.PodSummary",
                   (namespace_, .json = "namespace", .required = true, .always = true),
                   (name, .required = true, .always = true), (labels),
                   (containers, .required = true, .always = true))
};

/// What a node and its pods use, as an average over a window. It has the node's name and labels, and is not
/// stored: who creates one replaces what was known of the node.
struct node_summary {
    static constexpr object::resource_name resource{"node.berth.dev", "v1alpha1",    "NodeSummary",
                                                    "nodesummaries",  "nodesummary", false};

    object::meta metadata;
    object::timestamp timestamp; ///< the end of the window
    std::string window;          ///< its length, such as `15s`
    resource_list usage;         ///< of the node as a whole
    object::list<pod_summary> pods;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_summary, "dev.berth.node.v1alpha1.NodeSummary", (metadata),
                   (timestamp, .required = true, .always = true), (window, .required = true, .always = true),
                   (usage, .required = true, .always = true), (pods))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/metrics/node_summary/type.ipp>
#endif
