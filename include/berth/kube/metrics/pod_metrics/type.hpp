#pragma once

/// \file
/// What the containers of a pod use (metrics.k8s.io/v1beta1).

#include <berth/core/config.hpp>
#include <berth/kube/core/resources.hpp>
#include <berth/object/any_object.hpp>

#include <string>

namespace berth::kube {

/// What one container uses.
struct container_metrics {
    std::string name;
    resource_list usage;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(container_metrics, "io.k8s.metrics.pkg.apis.metrics.v1beta1.ContainerMetrics",
                   (name, .required = true, .always = true), (usage, .required = true, .always = true))
};

/// What the containers of a pod use, in JSON alone. Not stored: it is what the agent of the pod's node told
/// last.
struct pod_metrics {
    static constexpr object::resource_name resource{"metrics.k8s.io", "v1beta1", "PodMetrics",
                                                    "pods",           "",        true};

    object::meta metadata;
    object::timestamp timestamp; ///< the end of the time that it is an average over
    std::string window;          ///< how long that is, such as `15s`
    object::list<container_metrics> containers;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_metrics, "io.k8s.metrics.pkg.apis.metrics.v1beta1.PodMetrics", (metadata),
                   (timestamp, .required = true, .always = true), (window, .required = true, .always = true),
                   (containers, .required = true, .always = true))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/metrics/pod_metrics/type.ipp>
#endif
