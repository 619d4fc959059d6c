#pragma once

/// \file
/// RuntimeClasses: how containers are run, and what that costs (node.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/core/pod/affinity.hpp>
#include <berth/kube/core/resources.hpp>

namespace berth::kube {

/// What running a pod takes besides its containers.
struct runtime_overhead {
    resource_list pod_fixed;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(runtime_overhead, "io.k8s.api.node.v1.Overhead", (pod_fixed, .number = 1))
};

/// Which nodes can run such pods.
struct runtime_scheduling {
    object::string_map node_selector;
    object::list<toleration> tolerations;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(runtime_scheduling, "io.k8s.api.node.v1.Scheduling", (node_selector, .number = 1),
                   (tolerations, .topology = object::merge_topology::atomic, .number = 2))
};

/// A way to run containers.
struct runtime_class {
    static constexpr object::resource_name resource{"node.k8s.io",    "v1",           "RuntimeClass",
                                                    "runtimeclasses", "runtimeclass", false};

    object::meta metadata;
    std::string handler; ///< the runtime's own name for it
    object::boxed<runtime_overhead> overhead;
    object::boxed<runtime_scheduling> scheduling;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(runtime_class, "io.k8s.api.node.v1.RuntimeClass", (metadata, .always = true, .number = 1),
                   (handler, .required = true, .always = true, .immutable = true, .number = 2),
                   (overhead, .number = 3), (scheduling, .number = 4))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/node/runtime_class/type.ipp>
#endif
