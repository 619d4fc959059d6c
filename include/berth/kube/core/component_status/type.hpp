#pragma once

/// \file
/// How well the parts of a control plane are (core/v1 of Kubernetes 1.36, deprecated there).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// One thing that is looked at.
struct component_condition {
    std::string type; ///< `Healthy`
    std::string status;
    std::string message;
    std::string error;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(component_condition, "io.k8s.api.core.v1.ComponentCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2), (message, .number = 3),
                   (error, .number = 4))
};

/// A part of the control plane: made when it is asked for, and never stored.
struct component_status {
    static constexpr object::resource_name resource{
        "", "v1", "ComponentStatus", "componentstatuses", "componentstatus", false};

    object::meta metadata;
    object::list<component_condition> conditions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(component_status, "io.k8s.api.core.v1.ComponentStatus",
                   (metadata, .always = true, .number = 1),
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "type", .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/component_status/type.ipp>
#endif
