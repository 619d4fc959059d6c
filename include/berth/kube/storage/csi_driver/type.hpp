#pragma once

/// \file
/// CSIDrivers: storage drivers, and what they want to be told (storage.k8s.io/v1 of Kubernetes 1.36).

#include <berth/object/meta.hpp>

namespace berth::kube {

/// A token of a pod's service account that a driver asks for.
struct csi_token_request {
    std::string audience;
    std::optional<std::int64_t> expiration_seconds;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(csi_token_request, "io.k8s.api.storage.v1.TokenRequest",
                   (audience, .required = true, .always = true, .number = 1),
                   (expiration_seconds, .minimum = 600, .maximum = 4'294'967'296, .number = 2))
};

/// How the cluster treats a driver.
struct csi_driver_spec {
    std::optional<bool> attach_required;
    std::optional<bool> pod_info_on_mount;
    std::vector<std::string> volume_lifecycle_modes;
    std::optional<bool> storage_capacity; ///< whether it tells how much room it has, for pods to be placed by
    object::boxed<std::string> fs_group_policy;
    object::list<csi_token_request> token_requests;
    std::optional<bool> requires_republish;
    std::optional<bool> se_linux_mount;
    std::optional<std::int64_t> node_allocatable_update_period_seconds;
    std::optional<bool> service_account_token_in_secrets;
    std::optional<bool> prevent_pod_scheduling_if_missing;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(csi_driver_spec, "io.k8s.api.storage.v1.CSIDriverSpec",
                   (attach_required, .immutable = true, .fallback = "true", .number = 1),
                   (pod_info_on_mount, .fallback = "false", .number = 2),
                   (volume_lifecycle_modes, .immutable = true, .topology = object::merge_topology::set,
                    .values = "Ephemeral,Persistent", .number = 3),
                   (storage_capacity, .fallback = "false", .number = 4),
                   (fs_group_policy, .values = "File,None,ReadWriteOnceWithFSType",
                    .fallback = "\"ReadWriteOnceWithFSType\"", .number = 5),
                   (token_requests, .topology = object::merge_topology::atomic, .number = 6),
                   (requires_republish, .fallback = "false", .number = 7),
                   (se_linux_mount, .fallback = "false", .number = 8),
                   (node_allocatable_update_period_seconds, .minimum = 10, .number = 9),
                   (service_account_token_in_secrets, .number = 10),
                   (prevent_pod_scheduling_if_missing, .number = 11))
};

/// A storage driver of the cluster.
struct csi_driver {
    static constexpr object::resource_name resource{"storage.k8s.io", "v1",        "CSIDriver",
                                                    "csidrivers",     "csidriver", false};

    object::meta metadata;
    csi_driver_spec spec;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(csi_driver, "io.k8s.api.storage.v1.CSIDriver", (metadata, .always = true, .number = 1),
                   (spec, .required = true, .always = true, .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/csi_driver/type.ipp>
#endif
