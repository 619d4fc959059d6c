#pragma once

/// \file
/// Volume sources that are seldom used today: those built into old releases, for disks of clouds and
/// network file systems (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/reference.hpp>

namespace berth::kube {

/// A disk of Google's cloud.
struct gce_persistent_disk_volume_source {
    std::string pd_name;
    std::string fs_type;
    std::int32_t partition = 0;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(gce_persistent_disk_volume_source, "io.k8s.api.core.v1.GCEPersistentDiskVolumeSource",
                   (pd_name, .required = true, .always = true, .number = 1), (fs_type, .number = 2),
                   (partition, .minimum = 0, .maximum = 255, .number = 3), (read_only, .number = 4))
};

/// A disk of Amazon's cloud.
struct aws_elastic_block_store_volume_source {
    std::string volume_id;
    std::string fs_type;
    std::int32_t partition = 0;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(aws_elastic_block_store_volume_source,
                   "io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource",
                   (volume_id, .json = "volumeID", .required = true, .always = true, .number = 1),
                   (fs_type, .number = 2), (partition, .minimum = 0, .maximum = 255, .number = 3),
                   (read_only, .number = 4))
};

/// A checkout of a git repository.
struct git_repo_volume_source {
    std::string repository;
    std::string revision;
    std::string directory;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(git_repo_volume_source, "io.k8s.api.core.v1.GitRepoVolumeSource",
                   (repository, .required = true, .always = true, .number = 1), (revision, .number = 2),
                   (directory, .number = 3))
};

/// A Gluster file system.
struct glusterfs_volume_source {
    std::string endpoints;
    std::string path;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(glusterfs_volume_source, "io.k8s.api.core.v1.GlusterfsVolumeSource",
                   (endpoints, .required = true, .always = true, .number = 1),
                   (path, .required = true, .always = true, .number = 2), (read_only, .number = 3))
};

/// A Ceph block device.
struct rbd_volume_source {
    std::vector<std::string> monitors;
    std::string image;
    std::string fs_type;
    std::string pool;
    std::string user;
    std::string keyring;
    object::boxed<local_object_reference> secret_ref;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(rbd_volume_source, "io.k8s.api.core.v1.RBDVolumeSource",
                   (monitors, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 1),
                   (image, .required = true, .always = true, .number = 2), (fs_type, .number = 3),
                   (pool, .fallback = "\"rbd\"", .number = 4), (user, .fallback = "\"admin\"", .number = 5),
                   (keyring, .fallback = "\"/etc/ceph/keyring\"", .number = 6), (secret_ref, .number = 7),
                   (read_only, .number = 8))
};

/// A volume of a driver run as a program.
struct flex_volume_source {
    std::string driver;
    std::string fs_type;
    object::boxed<local_object_reference> secret_ref;
    bool read_only = false;
    object::string_map options;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(flex_volume_source, "io.k8s.api.core.v1.FlexVolumeSource",
                   (driver, .required = true, .always = true, .number = 1), (fs_type, .number = 2),
                   (secret_ref, .number = 3), (read_only, .number = 4), (options, .number = 5))
};

/// A volume of OpenStack.
struct cinder_volume_source {
    std::string volume_id;
    std::string fs_type;
    bool read_only = false;
    object::boxed<local_object_reference> secret_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(cinder_volume_source, "io.k8s.api.core.v1.CinderVolumeSource",
                   (volume_id, .json = "volumeID", .required = true, .always = true, .number = 1),
                   (fs_type, .number = 2), (read_only, .number = 3), (secret_ref, .number = 4))
};

/// A Ceph file system.
struct ceph_fs_volume_source {
    std::vector<std::string> monitors;
    std::string path;
    std::string user;
    std::string secret_file;
    object::boxed<local_object_reference> secret_ref;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ceph_fs_volume_source, "io.k8s.api.core.v1.CephFSVolumeSource",
                   (monitors, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .number = 1),
                   (path, .number = 2), (user, .number = 3), (secret_file, .number = 4),
                   (secret_ref, .number = 5), (read_only, .number = 6))
};

/// A dataset of Flocker.
struct flocker_volume_source {
    std::string dataset_name;
    std::string dataset_uuid;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(flocker_volume_source, "io.k8s.api.core.v1.FlockerVolumeSource",
                   (dataset_name, .number = 1), (dataset_uuid, .json = "datasetUUID", .number = 2))
};

/// A file share of Azure.
struct azure_file_volume_source {
    std::string secret_name;
    std::string share_name;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(azure_file_volume_source, "io.k8s.api.core.v1.AzureFileVolumeSource",
                   (secret_name, .required = true, .always = true, .number = 1),
                   (share_name, .required = true, .always = true, .number = 2), (read_only, .number = 3))
};

/// A disk of Azure.
struct azure_disk_volume_source {
    std::string disk_name;
    std::string disk_uri;
    object::boxed<std::string> caching_mode;
    object::boxed<std::string> fs_type;
    std::optional<bool> read_only;
    object::boxed<std::string> kind;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(azure_disk_volume_source, "io.k8s.api.core.v1.AzureDiskVolumeSource",
                   (disk_name, .required = true, .always = true, .number = 1),
                   (disk_uri, .json = "diskURI", .required = true, .always = true, .number = 2),
                   (caching_mode, .values = "None,ReadOnly,ReadWrite", .fallback = "\"ReadWrite\"",
                    .number = 3),
                   (fs_type, .fallback = "\"ext4\"", .number = 4),
                   (read_only, .fallback = "false", .number = 5),
                   (kind, .values = "Dedicated,Managed,Shared", .fallback = "\"Shared\"", .number = 6))
};

/// A disk of vSphere.
struct vsphere_virtual_disk_volume_source {
    std::string volume_path;
    std::string fs_type;
    std::string storage_policy_name;
    std::string storage_policy_id;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(vsphere_virtual_disk_volume_source, "io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource",
                   (volume_path, .required = true, .always = true, .number = 1), (fs_type, .number = 2),
                   (storage_policy_name, .number = 3),
                   (storage_policy_id, .json = "storagePolicyID", .number = 4))
};

/// A Quobyte volume.
struct quobyte_volume_source {
    std::string registry;
    std::string volume;
    bool read_only = false;
    std::string user;
    std::string group;
    std::string tenant;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(quobyte_volume_source, "io.k8s.api.core.v1.QuobyteVolumeSource",
                   (registry, .required = true, .always = true, .number = 1),
                   (volume, .required = true, .always = true, .number = 2), (read_only, .number = 3),
                   (user, .number = 4), (group, .number = 5), (tenant, .number = 6))
};

/// A disk of the Photon controller.
struct photon_persistent_disk_volume_source {
    std::string pd_id;
    std::string fs_type;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(photon_persistent_disk_volume_source,
                   "io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource",
                   (pd_id, .json = "pdID", .required = true, .always = true, .number = 1),
                   (fs_type, .number = 2))
};

/// A Portworx volume.
struct portworx_volume_source {
    std::string volume_id;
    std::string fs_type;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(portworx_volume_source, "io.k8s.api.core.v1.PortworxVolumeSource",
                   (volume_id, .json = "volumeID", .required = true, .always = true, .number = 1),
                   (fs_type, .number = 2), (read_only, .number = 3))
};

/// A ScaleIO volume.
struct scale_io_volume_source {
    std::string gateway;
    std::string system;
    object::boxed<local_object_reference> secret_ref;
    bool ssl_enabled = false;
    std::string protection_domain;
    std::string storage_pool;
    std::string storage_mode;
    std::string volume_name;
    std::string fs_type;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(scale_io_volume_source, "io.k8s.api.core.v1.ScaleIOVolumeSource",
                   (gateway, .required = true, .always = true, .number = 1),
                   (system, .required = true, .always = true, .number = 2),
                   (secret_ref, .required = true, .always = true, .number = 3), (ssl_enabled, .number = 4),
                   (protection_domain, .number = 5), (storage_pool, .number = 6),
                   (storage_mode, .fallback = "\"ThinProvisioned\"", .number = 7), (volume_name, .number = 8),
                   (fs_type, .fallback = "\"xfs\"", .number = 9), (read_only, .number = 10))
};

/// A StorageOS volume.
struct storage_os_volume_source {
    std::string volume_name;
    std::string volume_namespace;
    std::string fs_type;
    bool read_only = false;
    object::boxed<local_object_reference> secret_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(storage_os_volume_source, "io.k8s.api.core.v1.StorageOSVolumeSource",
                   (volume_name, .number = 1), (volume_namespace, .number = 2), (fs_type, .number = 3),
                   (read_only, .number = 4), (secret_ref, .number = 5))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/legacy_volume.ipp>
#endif
