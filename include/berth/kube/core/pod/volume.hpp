#pragma once

/// \file
/// Volumes of pods (core/v1 of Kubernetes 1.36). A number like 2001 means member 1 of the embedded
/// protobuf message 2.

#include <berth/kube/core/legacy_volume.hpp>
#include <berth/kube/core/persistent_volume_claim/spec.hpp>
#include <berth/kube/core/pod/projected_volume.hpp>
#include <berth/kube/core/volume_source.hpp>

namespace berth::kube {

/// A directory that lives as long as the pod.
struct empty_dir_volume_source {
    std::string medium;
    object::boxed<object::quantity> size_limit;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(empty_dir_volume_source, "io.k8s.api.core.v1.EmptyDirVolumeSource", (medium, .number = 1),
                   (size_limit, .number = 2))
};

/// An iSCSI disk.
struct iscsi_volume_source {
    std::string target_portal;
    std::string iqn;
    std::int32_t lun = 0;
    std::string iscsi_interface;
    std::string fs_type;
    bool read_only = false;
    std::vector<std::string> portals;
    bool chap_auth_discovery = false;
    bool chap_auth_session = false;
    object::boxed<local_object_reference> secret_ref;
    object::boxed<std::string> initiator_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(iscsi_volume_source, "io.k8s.api.core.v1.ISCSIVolumeSource",
                   (target_portal, .required = true, .always = true, .number = 1),
                   (iqn, .required = true, .always = true, .number = 2),
                   (lun, .required = true, .always = true, .minimum = 0, .maximum = 255, .number = 3),
                   (iscsi_interface, .fallback = "\"default\"", .number = 4), (fs_type, .number = 5),
                   (read_only, .number = 6),
                   (portals, .topology = object::merge_topology::atomic, .number = 7),
                   (chap_auth_discovery, .number = 8), (chap_auth_session, .number = 11),
                   (secret_ref, .number = 10), (initiator_name, .number = 12))
};

/// The volume that is bound to a claim.
struct persistent_volume_claim_volume_source {
    std::string claim_name;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(persistent_volume_claim_volume_source,
                   "io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource",
                   (claim_name, .required = true, .always = true, .number = 1), (read_only, .number = 2))
};

/// A volume that a storage driver makes for the pod.
struct csi_volume_source {
    std::string driver;
    std::optional<bool> read_only;
    object::boxed<std::string> fs_type;
    object::string_map volume_attributes;
    object::boxed<local_object_reference> node_publish_secret_ref;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(csi_volume_source, "io.k8s.api.core.v1.CSIVolumeSource",
                   (driver, .required = true, .always = true, .number = 1), (read_only, .number = 2),
                   (fs_type, .number = 3), (volume_attributes, .number = 4),
                   (node_publish_secret_ref, .number = 5))
};

/// A volume with a claim that lives as long as the pod.
struct ephemeral_volume_source {
    object::boxed<persistent_volume_claim_template> volume_claim_template;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(ephemeral_volume_source, "io.k8s.api.core.v1.EphemeralVolumeSource",
                   (volume_claim_template, .number = 1))
};

/// The files of a container image.
struct image_volume_source {
    std::string reference;
    std::string pull_policy;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(image_volume_source, "io.k8s.api.core.v1.ImageVolumeSource", (reference, .number = 1),
                   (pull_policy, .values = "Always,IfNotPresent,Never", .number = 2))
};

/// A named volume of a pod; one of its sources is set.
struct volume {
    std::string name;
    object::boxed<host_path_volume_source> host_path;
    object::boxed<empty_dir_volume_source> empty_dir;
    object::boxed<gce_persistent_disk_volume_source> gce_persistent_disk;
    object::boxed<aws_elastic_block_store_volume_source> aws_elastic_block_store;
    object::boxed<git_repo_volume_source> git_repo;
    object::boxed<secret_volume_source> secret;
    object::boxed<nfs_volume_source> nfs;
    object::boxed<iscsi_volume_source> iscsi;
    object::boxed<glusterfs_volume_source> glusterfs;
    object::boxed<persistent_volume_claim_volume_source> persistent_volume_claim;
    object::boxed<rbd_volume_source> rbd;
    object::boxed<flex_volume_source> flex_volume;
    object::boxed<cinder_volume_source> cinder;
    object::boxed<ceph_fs_volume_source> cephfs;
    object::boxed<flocker_volume_source> flocker;
    object::boxed<downward_api_volume_source> downward_api;
    object::boxed<fc_volume_source> fc;
    object::boxed<azure_file_volume_source> azure_file;
    object::boxed<config_map_volume_source> config_map;
    object::boxed<vsphere_virtual_disk_volume_source> vsphere_volume;
    object::boxed<quobyte_volume_source> quobyte;
    object::boxed<azure_disk_volume_source> azure_disk;
    object::boxed<photon_persistent_disk_volume_source> photon_persistent_disk;
    object::boxed<portworx_volume_source> portworx_volume;
    object::boxed<scale_io_volume_source> scale_io;
    object::boxed<projected_volume_source> projected;
    object::boxed<storage_os_volume_source> storageos;
    object::boxed<csi_volume_source> csi;
    object::boxed<ephemeral_volume_source> ephemeral;
    object::boxed<image_volume_source> image;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(volume, "io.k8s.api.core.v1.Volume", (name, .required = true, .always = true, .number = 1),
                   (host_path, .number = 2001), (empty_dir, .number = 2002),
                   (gce_persistent_disk, .number = 2003), (aws_elastic_block_store, .number = 2004),
                   (git_repo, .number = 2005), (secret, .number = 2006), (nfs, .number = 2007),
                   (iscsi, .number = 2008), (glusterfs, .number = 2009),
                   (persistent_volume_claim, .number = 2010), (rbd, .number = 2011),
                   (flex_volume, .number = 2012), (cinder, .number = 2013), (cephfs, .number = 2014),
                   (flocker, .number = 2015), (downward_api, .json = "downwardAPI", .number = 2016),
                   (fc, .number = 2017), (azure_file, .number = 2018), (config_map, .number = 2019),
                   (vsphere_volume, .number = 2020), (quobyte, .number = 2021), (azure_disk, .number = 2022),
                   (photon_persistent_disk, .number = 2023), (portworx_volume, .number = 2024),
                   (scale_io, .json = "scaleIO", .number = 2025), (projected, .number = 2026),
                   (storageos, .number = 2027), (csi, .number = 2028), (ephemeral, .number = 2029),
                   (image, .number = 2030))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/volume.ipp>
#endif
