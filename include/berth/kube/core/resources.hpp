#pragma once

/// \file
/// Amounts of resources: what containers ask for and what nodes have (core/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>
#include <berth/object/quantity.hpp>

namespace berth::kube {

/// Amounts by the names of resources (`cpu`, `memory`, `example.com/gpu`).
using resource_list = object::dictionary<object::quantity>;

/// The use of a claim of the pod by a container.
struct resource_claim {
    std::string name;
    std::string request;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_claim, "io.k8s.api.core.v1.ResourceClaim",
                   (name, .required = true, .always = true, .number = 1), (request, .number = 2))
};

/// What a container may use at most, and what is set aside for it.
struct resource_requirements {
    resource_list limits;
    resource_list requests;
    object::list<resource_claim> claims;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_requirements, "io.k8s.api.core.v1.ResourceRequirements", (limits, .number = 1),
                   (requests, .number = 2),
                   (claims, .topology = object::merge_topology::map, .list_keys = "name", .number = 3))
};

/// What a volume offers at most, and at least.
struct volume_resource_requirements {
    resource_list limits;
    resource_list requests;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(volume_resource_requirements, "io.k8s.api.core.v1.VolumeResourceRequirements",
                   (limits, .number = 1), (requests, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/resources.ipp>
#endif
