#pragma once

/// \file
/// References from one object to another (core/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// An object, or a part of one, wherever it is.
struct object_reference {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    object::rare_text kind;
    std::string namespace_;
    std::string name;
    std::string uid;
    object::rare_text api_version;
    object::rare_text resource_version;
    object::rare_text field_path;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(object_reference, "io.k8s.api.core.v1.ObjectReference", (kind, .number = 1),
                   (namespace_, .number = 2), (name, .number = 3), (uid, .number = 4),
                   (api_version, .number = 5), (resource_version, .number = 6), (field_path, .number = 7))
};

/// The name of an object in the same namespace.
struct local_object_reference {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(local_object_reference, "io.k8s.api.core.v1.LocalObjectReference", (name, .number = 1))
};

/// An object of some kind in the same namespace.
struct typed_local_object_reference {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    object::boxed<std::string> api_group;
    std::string kind;
    std::string name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(typed_local_object_reference, "io.k8s.api.core.v1.TypedLocalObjectReference",
                   (api_group, .always = true, .number = 1),
                   (kind, .required = true, .always = true, .number = 2),
                   (name, .required = true, .always = true, .number = 3))
};

/// An object of some kind in some namespace.
struct typed_object_reference {
    object::boxed<std::string> api_group;
    std::string kind;
    std::string name;
    object::boxed<std::string> namespace_;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(typed_object_reference, "io.k8s.api.core.v1.TypedObjectReference",
                   (api_group, .always = true, .number = 1),
                   (kind, .required = true, .always = true, .number = 2),
                   (name, .required = true, .always = true, .number = 3), (namespace_, .number = 4))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/reference.ipp>
#endif
