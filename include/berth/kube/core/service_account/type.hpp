#pragma once

/// \file
/// ServiceAccounts (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/reference.hpp>

namespace berth::kube {

/// Who a pod is to the API.
struct service_account {
    static constexpr object::resource_name resource{
        "", "v1", "ServiceAccount", "serviceaccounts", "serviceaccount", true};

    object::meta metadata;
    object::list<object_reference> secrets;
    object::list<local_object_reference> image_pull_secrets;
    std::optional<bool> automount_service_account_token;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(service_account, "io.k8s.api.core.v1.ServiceAccount",
                   (metadata, .always = true, .number = 1),
                   (secrets, .merge_key = "name", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::map, .list_keys = "name", .number = 2),
                   (image_pull_secrets, .topology = object::merge_topology::atomic, .number = 3),
                   (automount_service_account_token, .number = 4))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service_account/type.ipp>
#endif
