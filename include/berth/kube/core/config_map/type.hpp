#pragma once

/// \file
/// ConfigMaps (core/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// Configuration for pods to read.
struct config_map {
    static constexpr object::resource_name resource{"", "v1", "ConfigMap", "configmaps", "configmap", true};

    object::meta metadata;
    std::optional<bool> immutable;
    object::string_map data;
    object::dictionary<object::bytes> binary_data;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(config_map, "io.k8s.api.core.v1.ConfigMap", (metadata, .always = true, .number = 1),
                   (immutable, .number = 4), (data, .number = 2), (binary_data, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/config_map/type.ipp>
#endif
