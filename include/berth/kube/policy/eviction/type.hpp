#pragma once

/// \file
/// Evictions: pods that are asked to go, if budgets allow it (policy/v1 of Kubernetes 1.36).

#include <berth/api/delete_document.hpp>
#include <berth/object/meta.hpp>

namespace berth::kube {

/// Asks a pod to go.
struct eviction {
    static constexpr object::resource_name resource{"policy",    "v1",       "Eviction",
                                                    "evictions", "eviction", true};

    object::meta metadata;
    object::boxed<api::delete_document> delete_options;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(eviction, "io.k8s.api.policy.v1.Eviction", (metadata, .always = true, .number = 1),
                   (delete_options, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/policy/eviction/type.ipp>
#endif
