#pragma once

/// \file
/// Requests for a token of a service account (authentication.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// The object with which a token ends: a pod, a secret or a node.
struct bound_object_reference {
    std::string kind;
    std::string api_version;
    std::string name;
    std::string uid; ///< empty: any
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(bound_object_reference, "io.k8s.api.authentication.v1.BoundObjectReference",
                   (kind, .number = 1), (api_version, .number = 2), (name, .number = 3), (uid, .number = 4))
};

/// For whom, for how long, bound to what.
struct token_request_spec {
    std::vector<std::string> audiences; ///< none: the API server
    std::optional<std::int64_t> expiration_seconds;
    object::boxed<kube::bound_object_reference> bound_object_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(token_request_spec, "io.k8s.api.authentication.v1.TokenRequestSpec",
                   (audiences, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 1),
                   (expiration_seconds, .fallback = "3600", .number = 4),
                   (bound_object_ref, .always = true, .number = 3))
};

/// The answer.
struct token_request_status {
    std::string token;
    object::timestamp expiration_timestamp;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(token_request_status, "io.k8s.api.authentication.v1.TokenRequestStatus",
                   (token, .required = true, .always = true, .number = 1),
                   (expiration_timestamp, .required = true, .always = true, .number = 2))
};

/// Asks for a token of a service account: what is posted to its `token`, and answered.
struct token_request {
    static constexpr object::resource_name resource{"authentication.k8s.io", "v1",           "TokenRequest",
                                                    "tokenrequests",         "tokenrequest", true};

    object::meta metadata;
    token_request_spec spec;
    token_request_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(token_request, "io.k8s.api.authentication.v1.TokenRequest",
                   (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/authentication/token_request/type.ipp>
#endif
