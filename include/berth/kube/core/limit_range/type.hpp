#pragma once

/// \file
/// LimitRanges: what the objects of a namespace may ask for, each by itself (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/resources.hpp>

namespace berth::kube {

/// Bounds for one sort of objects: `Container`, `Pod`, `PersistentVolumeClaim`.
struct limit_range_item {
    std::string type;
    resource_list max;
    resource_list min;
    resource_list default_;        ///< limits of containers that say none
    resource_list default_request; ///< requests of containers that say none
    resource_list max_limit_request_ratio;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(limit_range_item, "io.k8s.api.core.v1.LimitRangeItem",
                   (type, .required = true, .always = true, .number = 1), (max, .number = 2),
                   (min, .number = 3), (default_, .number = 4), (default_request, .number = 5),
                   (max_limit_request_ratio, .number = 6))
};

/// Bounds for objects of some sorts.
struct limit_range_spec {
    object::list<limit_range_item> limits;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(limit_range_spec, "io.k8s.api.core.v1.LimitRangeSpec",
                   (limits, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 1))
};

/// What the objects of a namespace may ask for.
struct limit_range {
    static constexpr object::resource_name resource{"",           "v1", "LimitRange", "limitranges",
                                                    "limitrange", true};

    object::meta metadata;
    limit_range_spec spec;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(limit_range, "io.k8s.api.core.v1.LimitRange", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/limit_range/type.ipp>
#endif
