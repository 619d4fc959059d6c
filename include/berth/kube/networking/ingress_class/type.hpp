#pragma once

/// \file
/// IngressClasses: what brings ingresses about (networking.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// An object with more to say about a class.
struct ingress_class_parameters_reference {
    object::boxed<std::string> api_group;
    std::string kind;
    std::string name;
    object::boxed<std::string> scope;
    object::boxed<std::string> namespace_;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_class_parameters_reference,
                   "io.k8s.api.networking.v1.IngressClassParametersReference", (api_group, .number = 1),
                   (kind, .required = true, .always = true, .number = 2),
                   (name, .required = true, .always = true, .number = 3),
                   (scope, .quiet = true, .values = "Cluster,Namespace", .fallback = "\"Cluster\"",
                    .number = 4),
                   (namespace_, .number = 5))
};

/// What brings ingresses of a class about.
struct ingress_class_spec {
    std::string controller; ///< e.g. `example.com/ingress`
    object::boxed<ingress_class_parameters_reference> parameters;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_class_spec, "io.k8s.api.networking.v1.IngressClassSpec",
                   (controller, .immutable = true, .max_size = 250, .number = 1), (parameters, .number = 2))
};

/// A name for a way to bring ingresses about.
struct ingress_class {
    static constexpr object::resource_name resource{"networking.k8s.io", "v1",           "IngressClass",
                                                    "ingressclasses",    "ingressclass", false};

    object::meta metadata;
    ingress_class_spec spec;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_class, "io.k8s.api.networking.v1.IngressClass",
                   (metadata, .always = true, .number = 1), (spec, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/ingress_class/type.ipp>
#endif
