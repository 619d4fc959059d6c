#pragma once

/// \file
/// References to what is scaled, in whatever version it is served (autoscaling of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// An object in the same namespace. (Its description has the name that it has in autoscaling/v2.)
struct cross_version_object_reference {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string kind;
    std::string name;
    std::string api_version;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(cross_version_object_reference, "io.k8s.api.autoscaling.v2.CrossVersionObjectReference",
                   (kind, .required = true, .always = true, .number = 1),
                   (name, .required = true, .always = true, .number = 2), (api_version, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/cross_version_object_reference.ipp>
#endif
