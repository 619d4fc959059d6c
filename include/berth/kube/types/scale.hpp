#pragma once

/// \file
/// Scales: the number of replicas of an object of any kind (autoscaling/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// How many replicas there are to be.
struct scale_spec {
    std::int32_t replicas = 0;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(scale_spec, "io.k8s.api.autoscaling.v1.ScaleSpec", (replicas, .number = 1))
};

/// How many replicas there are, and the selector of their pods as text.
struct scale_status {
    std::int32_t replicas = 0;
    std::string selector;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(scale_status, "io.k8s.api.autoscaling.v1.ScaleStatus",
                   (replicas, .required = true, .always = true, .number = 1), (selector, .number = 2))
};

/// The number of replicas of an object.
struct scale {
    static constexpr object::resource_name resource{"autoscaling", "v1", "Scale", "scales", "scale", true};

    object::meta metadata;
    scale_spec spec;
    scale_status status;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(scale, "io.k8s.api.autoscaling.v1.Scale", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube
