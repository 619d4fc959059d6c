#pragma once

/// \file
/// Environment variables of containers (core/v1 of Kubernetes 1.36). A number like 1001 means member 1
/// of the embedded protobuf message 1.

#include <berth/kube/core/pod/field_reference.hpp>

namespace berth::kube {

/// Where a variable's value comes from; one member is set.
struct env_var_source {
    object::boxed<object_field_selector> field_ref;
    object::boxed<resource_field_selector> resource_field_ref;
    object::boxed<config_map_key_selector> config_map_key_ref;
    object::boxed<secret_key_selector> secret_key_ref;
    object::boxed<file_key_selector> file_key_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(env_var_source, "io.k8s.api.core.v1.EnvVarSource", (field_ref, .number = 1),
                   (resource_field_ref, .number = 2), (config_map_key_ref, .number = 3),
                   (secret_key_ref, .number = 4), (file_key_ref, .number = 5))
};

/// An environment variable.
struct env_var {
    std::string name;
    std::string value;
    object::boxed<env_var_source> value_from;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(env_var, "io.k8s.api.core.v1.EnvVar",
                   (name, .required = true, .always = true, .number = 1), (value, .number = 2),
                   (value_from, .number = 3))
};

/// All keys of a ConfigMap as variables.
struct config_map_env_source {
    std::string name;
    std::optional<bool> optional;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(config_map_env_source, "io.k8s.api.core.v1.ConfigMapEnvSource", (name, .number = 1001),
                   (optional, .number = 2))
};

/// All keys of a Secret as variables.
struct secret_env_source {
    std::string name;
    std::optional<bool> optional;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(secret_env_source, "io.k8s.api.core.v1.SecretEnvSource", (name, .number = 1001),
                   (optional, .number = 2))
};

/// Variables for all keys of an object; one of the references is set.
struct env_from_source {
    std::string prefix;
    object::boxed<config_map_env_source> config_map_ref;
    object::boxed<secret_env_source> secret_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(env_from_source, "io.k8s.api.core.v1.EnvFromSource", (prefix, .number = 1),
                   (config_map_ref, .number = 2), (secret_ref, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/environment.ipp>
#endif
