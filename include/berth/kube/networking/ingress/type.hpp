#pragma once

/// \file
/// Ingresses: which requests from outside go to which services (networking.k8s.io/v1 of Kubernetes 1.36).

#include <berth/kube/core/reference.hpp>

namespace berth::kube {

/// A port of a service, by its name or its number.
struct service_backend_port {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string name;
    std::int32_t number = 0;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(service_backend_port, "io.k8s.api.networking.v1.ServiceBackendPort", (name, .number = 1),
                   (number, .number = 2))
};

/// A service that answers.
struct ingress_service_backend {
    std::string name;
    service_backend_port port;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_service_backend, "io.k8s.api.networking.v1.IngressServiceBackend",
                   (name, .required = true, .always = true, .number = 1), (port, .always = true, .number = 2))
};

/// What answers: a service, or an object of some other kind.
struct ingress_backend {
    object::boxed<ingress_service_backend> service;
    object::boxed<typed_local_object_reference> resource_;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_backend, "io.k8s.api.networking.v1.IngressBackend", (service, .number = 4),
                   (resource_, .number = 3))
};

/// What answers requests for a path.
struct http_ingress_path {
    std::string path;
    object::boxed<std::string> path_type;
    ingress_backend backend;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(http_ingress_path, "io.k8s.api.networking.v1.HTTPIngressPath", (path, .number = 1),
                   (path_type, .required = true, .always = true,
                    .values = "Exact,ImplementationSpecific,Prefix", .number = 3),
                   (backend, .required = true, .always = true, .number = 2))
};

/// What answers requests, by their paths.
struct http_ingress_rule_value {
    object::list<http_ingress_path> paths;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(http_ingress_rule_value, "io.k8s.api.networking.v1.HTTPIngressRuleValue",
                   (paths, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 1))
};

/// What answers requests for a host.
struct ingress_rule {
    std::string host; ///< empty: any
    object::boxed<http_ingress_rule_value> http;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_rule, "io.k8s.api.networking.v1.IngressRule", (host, .number = 1),
                   (http, .number = 2001))
};

/// The certificate for some hosts.
struct ingress_tls {
    std::vector<std::string> hosts;
    std::string secret_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_tls, "io.k8s.api.networking.v1.IngressTLS",
                   (hosts, .topology = object::merge_topology::atomic, .number = 1),
                   (secret_name, .number = 2))
};

/// Which requests go where.
struct ingress_spec {
    object::boxed<std::string> ingress_class_name;
    object::boxed<ingress_backend> default_backend;
    object::list<ingress_tls> tls;
    object::list<ingress_rule> rules;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_spec, "io.k8s.api.networking.v1.IngressSpec", (ingress_class_name, .number = 4),
                   (default_backend, .number = 1),
                   (tls, .topology = object::merge_topology::atomic, .number = 2),
                   (rules, .topology = object::merge_topology::atomic, .number = 3))
};

/// What became of a port.
struct ingress_port_status {
    std::int32_t port = 0;
    std::string protocol;
    object::boxed<std::string> error;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_port_status, "io.k8s.api.networking.v1.IngressPortStatus",
                   (port, .required = true, .always = true, .number = 1),
                   (protocol, .required = true, .always = true, .values = "SCTP,TCP,UDP", .number = 2),
                   (error, .number = 3))
};

/// A place where requests come in.
struct ingress_load_balancer_ingress {
    std::string ip;
    std::string hostname;
    object::list<ingress_port_status> ports;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_load_balancer_ingress, "io.k8s.api.networking.v1.IngressLoadBalancerIngress",
                   (ip, .number = 1), (hostname, .number = 2),
                   (ports, .topology = object::merge_topology::atomic, .number = 4))
};

/// Where requests come in.
struct ingress_load_balancer_status {
    object::list<ingress_load_balancer_ingress> ingress;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_load_balancer_status, "io.k8s.api.networking.v1.IngressLoadBalancerStatus",
                   (ingress, .topology = object::merge_topology::atomic, .number = 1))
};

/// What became of an ingress.
struct ingress_status {
    ingress_load_balancer_status load_balancer;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress_status, "io.k8s.api.networking.v1.IngressStatus",
                   (load_balancer, .always = true, .number = 1))
};

/// Rules by which requests from outside reach services.
struct ingress {
    static constexpr object::resource_name resource{"networking.k8s.io", "v1",      "Ingress",
                                                    "ingresses",         "ingress", true};

    object::meta metadata;
    ingress_spec spec;
    ingress_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ingress, "io.k8s.api.networking.v1.Ingress", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/networking/ingress/type.ipp>
#endif
