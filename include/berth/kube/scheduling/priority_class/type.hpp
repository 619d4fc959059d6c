#pragma once

/// \file
/// PriorityClasses (scheduling.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// A name for a priority of pods.
struct priority_class {
    static constexpr object::resource_name resource{
        "scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", "priorityclass", false};

    object::meta metadata;
    std::int32_t value = 0;
    bool global_default = false;
    std::string description;
    object::boxed<std::string> preemption_policy;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(priority_class, "io.k8s.api.scheduling.v1.PriorityClass",
                   (metadata, .always = true, .number = 1),
                   (value, .always = true, .immutable = true, .number = 2), (global_default, .number = 3),
                   (description, .number = 4),
                   (preemption_policy, .immutable = true, .values = "PreemptLowerPriority,Never",
                    .fallback = "\"PreemptLowerPriority\"", .number = 5))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/scheduling/priority_class/type.ipp>
#endif
