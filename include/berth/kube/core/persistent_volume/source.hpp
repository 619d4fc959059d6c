#pragma once

/// \file
/// Where persistent volumes are, where that is told otherwise than in pods: mostly by a secret of any
/// namespace (core/v1 of Kubernetes 1.36). A number like 2001 means member 1 of the embedded protobuf
/// message 2.

#include <berth/kube/core/legacy_volume.hpp>
#include <berth/kube/core/volume_source.hpp>

namespace berth::kube {

/// A secret of some namespace.
struct secret_reference {
    static constexpr auto berth_topology = object::merge_topology::atomic;

    std::string name;
    std::string namespace_;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(secret_reference, "io.k8s.api.core.v1.SecretReference", (name, .number = 1),
                   (namespace_, .number = 2))
};

/// A disk or directory of one node.
struct local_volume_source {
    std::string path;
    object::boxed<std::string> fs_type;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(local_volume_source, "io.k8s.api.core.v1.LocalVolumeSource",
                   (path, .required = true, .always = true, .number = 1), (fs_type, .number = 2))
};

/// A volume of a storage driver.
struct csi_persistent_volume_source {
    std::string driver;
    std::string volume_handle;
    bool read_only = false;
    std::string fs_type;
    object::string_map volume_attributes;
    object::boxed<secret_reference> controller_publish_secret_ref;
    object::boxed<secret_reference> node_stage_secret_ref;
    object::boxed<secret_reference> node_publish_secret_ref;
    object::boxed<secret_reference> controller_expand_secret_ref;
    object::boxed<secret_reference> node_expand_secret_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(csi_persistent_volume_source, "io.k8s.api.core.v1.CSIPersistentVolumeSource",
                   (driver, .required = true, .always = true, .number = 1),
                   (volume_handle, .required = true, .always = true, .number = 2), (read_only, .number = 3),
                   (fs_type, .number = 4), (volume_attributes, .number = 5),
                   (controller_publish_secret_ref, .number = 6), (node_stage_secret_ref, .number = 7),
                   (node_publish_secret_ref, .number = 8), (controller_expand_secret_ref, .number = 9),
                   (node_expand_secret_ref, .number = 10))
};

/// An iSCSI disk.
struct iscsi_persistent_volume_source {
    std::string target_portal;
    std::string iqn;
    std::int32_t lun = 0;
    std::string iscsi_interface;
    std::string fs_type;
    bool read_only = false;
    std::vector<std::string> portals;
    bool chap_auth_discovery = false;
    bool chap_auth_session = false;
    object::boxed<secret_reference> secret_ref;
    object::boxed<std::string> initiator_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(iscsi_persistent_volume_source, "io.k8s.api.core.v1.ISCSIPersistentVolumeSource",
                   (target_portal, .required = true, .always = true, .number = 1),
                   (iqn, .required = true, .always = true, .number = 2),
                   (lun, .required = true, .always = true, .minimum = 0, .maximum = 255, .number = 3),
                   (iscsi_interface, .fallback = "\"default\"", .number = 4), (fs_type, .number = 5),
                   (read_only, .number = 6),
                   (portals, .topology = object::merge_topology::atomic, .number = 7),
                   (chap_auth_discovery, .number = 8), (chap_auth_session, .number = 11),
                   (secret_ref, .number = 10), (initiator_name, .number = 12))
};

/// A Gluster file system.
struct glusterfs_persistent_volume_source {
    std::string endpoints;
    std::string path;
    bool read_only = false;
    object::boxed<std::string> endpoints_namespace;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(glusterfs_persistent_volume_source, "io.k8s.api.core.v1.GlusterfsPersistentVolumeSource",
                   (endpoints, .required = true, .always = true, .number = 1),
                   (path, .required = true, .always = true, .number = 2), (read_only, .number = 3),
                   (endpoints_namespace, .number = 4))
};

/// A Ceph block device.
struct rbd_persistent_volume_source {
    std::vector<std::string> monitors;
    std::string image;
    std::string fs_type;
    std::string pool;
    std::string user;
    std::string keyring;
    object::boxed<secret_reference> secret_ref;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(rbd_persistent_volume_source, "io.k8s.api.core.v1.RBDPersistentVolumeSource",
                   (monitors, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 1),
                   (image, .required = true, .always = true, .number = 2), (fs_type, .number = 3),
                   (pool, .fallback = "\"rbd\"", .number = 4), (user, .fallback = "\"admin\"", .number = 5),
                   (keyring, .fallback = "\"/etc/ceph/keyring\"", .number = 6), (secret_ref, .number = 7),
                   (read_only, .number = 8))
};

/// A volume of OpenStack.
struct cinder_persistent_volume_source {
    std::string volume_id;
    std::string fs_type;
    bool read_only = false;
    object::boxed<secret_reference> secret_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(cinder_persistent_volume_source, "io.k8s.api.core.v1.CinderPersistentVolumeSource",
                   (volume_id, .json = "volumeID", .required = true, .always = true, .number = 1),
                   (fs_type, .number = 2), (read_only, .number = 3), (secret_ref, .number = 4))
};

/// A Ceph file system.
struct ceph_fs_persistent_volume_source {
    std::vector<std::string> monitors;
    std::string path;
    std::string user;
    std::string secret_file;
    object::boxed<secret_reference> secret_ref;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ceph_fs_persistent_volume_source, "io.k8s.api.core.v1.CephFSPersistentVolumeSource",
                   (monitors, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 1),
                   (path, .number = 2), (user, .number = 3), (secret_file, .number = 4),
                   (secret_ref, .number = 5), (read_only, .number = 6))
};

/// A volume of a driver run as a program.
struct flex_persistent_volume_source {
    std::string driver;
    std::string fs_type;
    object::boxed<secret_reference> secret_ref;
    bool read_only = false;
    object::string_map options;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(flex_persistent_volume_source, "io.k8s.api.core.v1.FlexPersistentVolumeSource",
                   (driver, .required = true, .always = true, .number = 1), (fs_type, .number = 2),
                   (secret_ref, .number = 3), (read_only, .number = 4), (options, .number = 5))
};

/// A file share of Azure.
struct azure_file_persistent_volume_source {
    std::string secret_name;
    std::string share_name;
    bool read_only = false;
    object::boxed<std::string> secret_namespace;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(azure_file_persistent_volume_source, "io.k8s.api.core.v1.AzureFilePersistentVolumeSource",
                   (secret_name, .required = true, .always = true, .number = 1),
                   (share_name, .required = true, .always = true, .number = 2), (read_only, .number = 3),
                   (secret_namespace, .number = 4))
};

/// A ScaleIO volume.
struct scale_io_persistent_volume_source {
    std::string gateway;
    std::string system;
    object::boxed<secret_reference> secret_ref;
    bool ssl_enabled = false;
    std::string protection_domain;
    std::string storage_pool;
    std::string storage_mode;
    std::string volume_name;
    std::string fs_type;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(scale_io_persistent_volume_source, "io.k8s.api.core.v1.ScaleIOPersistentVolumeSource",
                   (gateway, .required = true, .always = true, .number = 1),
                   (system, .required = true, .always = true, .number = 2),
                   (secret_ref, .required = true, .always = true, .number = 3), (ssl_enabled, .number = 4),
                   (protection_domain, .number = 5), (storage_pool, .number = 6),
                   (storage_mode, .fallback = "\"ThinProvisioned\"", .number = 7), (volume_name, .number = 8),
                   (fs_type, .fallback = "\"xfs\"", .number = 9), (read_only, .number = 10))
};

/// A StorageOS volume.
struct storage_os_persistent_volume_source {
    std::string volume_name;
    std::string volume_namespace;
    std::string fs_type;
    bool read_only = false;
    object::boxed<object_reference> secret_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(storage_os_persistent_volume_source, "io.k8s.api.core.v1.StorageOSPersistentVolumeSource",
                   (volume_name, .number = 1), (volume_namespace, .number = 2), (fs_type, .number = 3),
                   (read_only, .number = 4), (secret_ref, .number = 5))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume/source.ipp>
#endif
