#pragma once

/// \file
/// References to fields, keys and files from which volumes and variables take their values (core/v1 of
/// Kubernetes 1.36). A number like 1002 means member 2 of the embedded protobuf message 1.

#include <berth/kube/core/bounds.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/quantity.hpp>

namespace berth::kube {

/// A field of the pod.
struct object_field_selector {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string api_version;
    std::string field_path;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(object_field_selector, "io.k8s.api.core.v1.ObjectFieldSelector",
                   (api_version, .fallback = "\"v1\"", .number = 1),
                   (field_path, .required = true, .always = true, .number = 2))
};

/// A limit or request of a container, divided by a unit.
struct resource_field_selector {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string container_name;
    std::string resource_;
    object::quantity divisor;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(resource_field_selector, "io.k8s.api.core.v1.ResourceFieldSelector",
                   (container_name, .number = 1), (resource_, .required = true, .always = true, .number = 2),
                   (divisor, .always = true, .number = 3))
};

/// A key of a ConfigMap.
struct config_map_key_selector {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string name;
    std::string key;
    std::optional<bool> optional;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(config_map_key_selector, "io.k8s.api.core.v1.ConfigMapKeySelector", (name, .number = 1001),
                   (key, .required = true, .always = true, .number = 2), (optional, .number = 3))
};

/// A key of a Secret.
struct secret_key_selector {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string name;
    std::string key;
    std::optional<bool> optional;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(secret_key_selector, "io.k8s.api.core.v1.SecretKeySelector", (name, .number = 1001),
                   (key, .required = true, .always = true, .number = 2), (optional, .number = 3))
};

/// A key of a file of variables in a volume.
struct file_key_selector {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string volume_name;
    std::string path;
    std::string key;
    std::optional<bool> optional;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(file_key_selector, "io.k8s.api.core.v1.FileKeySelector",
                   (volume_name, .required = true, .always = true, .number = 1),
                   (path, .required = true, .always = true, .number = 2),
                   (key, .required = true, .always = true, .number = 3),
                   (optional, .fallback = "false", .number = 4))
};

/// A key and the file that it becomes.
struct key_to_path {
    std::string key;
    std::string path;
    std::optional<std::int32_t> mode;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(key_to_path, "io.k8s.api.core.v1.KeyToPath",
                   (key, .required = true, .always = true, .number = 1),
                   (path, .required = true, .always = true, .number = 2),
                   (mode, .minimum = 0, .maximum = highest_file_mode, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/field_reference.ipp>
#endif
