#pragma once

/// \file
/// Volumes whose files are made from objects of the API (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/pod/field_reference.hpp>
#include <berth/object/label_selector.hpp>

namespace berth::kube {

/// The keys of a Secret as files.
struct secret_volume_source {
    std::string secret_name;
    object::list<key_to_path> items;
    std::optional<std::int32_t> default_mode;
    std::optional<bool> optional;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(secret_volume_source, "io.k8s.api.core.v1.SecretVolumeSource", (secret_name, .number = 1),
                   (items, .topology = object::merge_topology::atomic, .number = 2),
                   (default_mode, .fallback = default_file_mode, .minimum = 0, .maximum = highest_file_mode,
                    .number = 3),
                   (optional, .number = 4))
};

/// The keys of a ConfigMap as files.
struct config_map_volume_source {
    std::string name;
    object::list<key_to_path> items;
    std::optional<std::int32_t> default_mode;
    std::optional<bool> optional;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(config_map_volume_source, "io.k8s.api.core.v1.ConfigMapVolumeSource",
                   (name, .number = 1001), (items, .topology = object::merge_topology::atomic, .number = 2),
                   (default_mode, .fallback = default_file_mode, .minimum = 0, .maximum = highest_file_mode,
                    .number = 3),
                   (optional, .number = 4))
};

/// A file with the value of a field of the pod.
struct downward_api_volume_file {
    std::string path;
    object::boxed<object_field_selector> field_ref;
    object::boxed<resource_field_selector> resource_field_ref;
    std::optional<std::int32_t> mode;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(downward_api_volume_file, "io.k8s.api.core.v1.DownwardAPIVolumeFile",
                   (path, .required = true, .always = true, .number = 1), (field_ref, .number = 2),
                   (resource_field_ref, .number = 3),
                   (mode, .minimum = 0, .maximum = highest_file_mode, .number = 4))
};

/// Fields of the pod as files.
struct downward_api_volume_source {
    object::list<downward_api_volume_file> items;
    std::optional<std::int32_t> default_mode;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(downward_api_volume_source, "io.k8s.api.core.v1.DownwardAPIVolumeSource",
                   (items, .topology = object::merge_topology::atomic, .number = 1),
                   (default_mode, .fallback = default_file_mode, .minimum = 0, .maximum = highest_file_mode,
                    .number = 2))
};

/// The keys of a Secret as files among others.
struct secret_projection {
    std::string name;
    object::list<key_to_path> items;
    std::optional<bool> optional;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(secret_projection, "io.k8s.api.core.v1.SecretProjection", (name, .number = 1001),
                   (items, .topology = object::merge_topology::atomic, .number = 2), (optional, .number = 4))
};

/// The keys of a ConfigMap as files among others.
struct config_map_projection {
    std::string name;
    object::list<key_to_path> items;
    std::optional<bool> optional;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(config_map_projection, "io.k8s.api.core.v1.ConfigMapProjection", (name, .number = 1001),
                   (items, .topology = object::merge_topology::atomic, .number = 2), (optional, .number = 4))
};

/// Fields of the pod as files among others.
struct downward_api_projection {
    object::list<downward_api_volume_file> items;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(downward_api_projection, "io.k8s.api.core.v1.DownwardAPIProjection",
                   (items, .topology = object::merge_topology::atomic, .number = 1))
};

/// A token of the pod's service account as a file.
struct service_account_token_projection {
    std::string audience;
    std::optional<std::int64_t> expiration_seconds;
    std::string path;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(service_account_token_projection, "io.k8s.api.core.v1.ServiceAccountTokenProjection",
                   (audience, .number = 1), (expiration_seconds, .fallback = "3600", .number = 2),
                   (path, .required = true, .always = true, .number = 3))
};

/// Trust anchors as a file.
struct cluster_trust_bundle_projection {
    object::boxed<std::string> name;
    object::boxed<std::string> signer_name;
    object::boxed<object::label_selector> label_selector;
    std::optional<bool> optional;
    std::string path;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(cluster_trust_bundle_projection, "io.k8s.api.core.v1.ClusterTrustBundleProjection",
                   (name, .number = 1), (signer_name, .number = 2), (label_selector, .number = 3),
                   (optional, .number = 5), (path, .required = true, .always = true, .number = 4))
};

/// A key and certificate of the pod as files.
struct pod_certificate_projection {
    std::string signer_name;
    std::string key_type;
    std::optional<std::int32_t> max_expiration_seconds;
    std::string credential_bundle_path;
    std::string key_path;
    std::string certificate_chain_path;
    object::string_map user_annotations;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_certificate_projection, "io.k8s.api.core.v1.PodCertificateProjection",
                   (signer_name, .required = true, .number = 1),
                   (key_type, .required = true, .quiet = true,
                    .values = "ECDSAP256,ECDSAP384,ECDSAP521,ED25519,RSA3072,RSA4096", .number = 2),
                   (max_expiration_seconds, .number = 3), (credential_bundle_path, .number = 4),
                   (key_path, .number = 5), (certificate_chain_path, .number = 6),
                   (user_annotations, .number = 7))
};

/// One of the sources of a projected volume; one member is set.
struct volume_projection {
    object::boxed<secret_projection> secret;
    object::boxed<downward_api_projection> downward_api;
    object::boxed<config_map_projection> config_map;
    object::boxed<service_account_token_projection> service_account_token;
    object::boxed<cluster_trust_bundle_projection> cluster_trust_bundle;
    object::boxed<pod_certificate_projection> pod_certificate;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(volume_projection, "io.k8s.api.core.v1.VolumeProjection", (secret, .number = 1),
                   (downward_api, .json = "downwardAPI", .number = 2), (config_map, .number = 3),
                   (service_account_token, .number = 4), (cluster_trust_bundle, .number = 5),
                   (pod_certificate, .number = 6))
};

/// Files from several sources in one directory.
struct projected_volume_source {
    object::list<volume_projection> sources;
    std::optional<std::int32_t> default_mode;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(projected_volume_source, "io.k8s.api.core.v1.ProjectedVolumeSource",
                   (sources, .always = true, .topology = object::merge_topology::atomic, .number = 1),
                   (default_mode, .fallback = default_file_mode, .minimum = 0, .maximum = highest_file_mode,
                    .number = 2))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/projected_volume.ipp>
#endif
