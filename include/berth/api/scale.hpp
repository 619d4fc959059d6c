#pragma once

/// \file
/// The `scale` subresource's object (autoscaling/v1, 1.36).

#include <berth/object/meta.hpp>

namespace berth::api {

struct scale_spec {
    std::int32_t replicas = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(scale_spec, "io.k8s.api.autoscaling.v1.ScaleSpec", (replicas, .number = 1))
};

struct scale_status {
    std::int32_t replicas = 0;
    std::string selector;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(scale_status, "io.k8s.api.autoscaling.v1.ScaleStatus",
                   (replicas, .required = true, .always = true, .number = 1), (selector, .number = 2))
};

/// How many replicas something wants and has.
struct scale {
    static constexpr object::resource_name resource{"autoscaling", "v1", "Scale", "scales", "scale"};

    object::meta metadata;
    scale_spec spec;
    scale_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(scale, "io.k8s.api.autoscaling.v1.Scale", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/scale.ipp>
#endif
