#pragma once

/// \file
/// Secrets (core/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// Secret data for pods to read; `stringData` is only written, and becomes `data`.
struct secret {
    static constexpr object::resource_name resource{"", "v1", "Secret", "secrets", "secret", true};

    object::meta metadata;
    std::optional<bool> immutable;
    object::dictionary<object::bytes> data;
    object::string_map string_data;
    std::string type;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(secret, "io.k8s.api.core.v1.Secret", (metadata, .always = true, .number = 1),
                   (immutable, .number = 5), (data, .number = 2), (string_data, .number = 4),
                   (type, .immutable = true, .fallback = "\"Opaque\"", .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/secret/type.ipp>
#endif
