#pragma once

/// \file
/// What a node uses (metrics.k8s.io/v1beta1).

#include <berth/core/config.hpp>
#include <berth/kube/core/resources.hpp>
#include <berth/object/any_object.hpp>

#include <string>

namespace berth::kube {

/// What all processes of a node use, in JSON alone. Not stored: it is what the node's agent told last.
struct node_metrics {
    static constexpr object::resource_name resource{"metrics.k8s.io", "v1beta1", "NodeMetrics",
                                                    "nodes",          "",        false};

    object::meta metadata;
    object::timestamp timestamp; ///< the end of the time that it is an average over
    std::string window;          ///< how long that is, such as `15s`
    resource_list usage;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(node_metrics, "io.k8s.metrics.pkg.apis.metrics.v1beta1.NodeMetrics", (metadata),
                   (timestamp, .required = true, .always = true), (window, .required = true, .always = true),
                   (usage, .required = true, .always = true))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/metrics/node_metrics/type.ipp>
#endif
