#pragma once

/// \file
/// PersistentVolumes: storage that outlives pods (core/v1 of Kubernetes 1.36).

#include <berth/kube/core/persistent_volume/source.hpp>
#include <berth/kube/core/pod/affinity.hpp>
#include <berth/kube/core/resources.hpp>

namespace berth::kube {

/// From which nodes a volume can be reached.
struct volume_node_affinity {
    object::boxed<node_selector> required;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(volume_node_affinity, "io.k8s.api.core.v1.VolumeNodeAffinity", (required, .number = 1))
};

/// What a volume offers, where it is (one of the sources is set), and whose it is.
struct persistent_volume_spec {
    resource_list capacity;
    object::boxed<gce_persistent_disk_volume_source> gce_persistent_disk;
    object::boxed<aws_elastic_block_store_volume_source> aws_elastic_block_store;
    object::boxed<host_path_volume_source> host_path;
    object::boxed<glusterfs_persistent_volume_source> glusterfs;
    object::boxed<nfs_volume_source> nfs;
    object::boxed<rbd_persistent_volume_source> rbd;
    object::boxed<iscsi_persistent_volume_source> iscsi;
    object::boxed<cinder_persistent_volume_source> cinder;
    object::boxed<ceph_fs_persistent_volume_source> cephfs;
    object::boxed<fc_volume_source> fc;
    object::boxed<flocker_volume_source> flocker;
    object::boxed<flex_persistent_volume_source> flex_volume;
    object::boxed<azure_file_persistent_volume_source> azure_file;
    object::boxed<vsphere_virtual_disk_volume_source> vsphere_volume;
    object::boxed<quobyte_volume_source> quobyte;
    object::boxed<azure_disk_volume_source> azure_disk;
    object::boxed<photon_persistent_disk_volume_source> photon_persistent_disk;
    object::boxed<portworx_volume_source> portworx_volume;
    object::boxed<scale_io_persistent_volume_source> scale_io;
    object::boxed<local_volume_source> local;
    object::boxed<storage_os_persistent_volume_source> storageos;
    object::boxed<csi_persistent_volume_source> csi;
    std::vector<std::string> access_modes;
    object::boxed<object_reference> claim_ref;
    std::string persistent_volume_reclaim_policy;
    std::string storage_class_name;
    std::vector<std::string> mount_options;
    object::boxed<std::string> volume_mode;
    object::boxed<volume_node_affinity> node_affinity;
    object::boxed<std::string> volume_attributes_class_name;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(persistent_volume_spec, "io.k8s.api.core.v1.PersistentVolumeSpec", (capacity, .number = 1),
                   (gce_persistent_disk, .number = 2001), (aws_elastic_block_store, .number = 2002),
                   (host_path, .number = 2003), (glusterfs, .number = 2004), (nfs, .number = 2005),
                   (rbd, .number = 2006), (iscsi, .number = 2007), (cinder, .number = 2008),
                   (cephfs, .number = 2009), (fc, .number = 2010), (flocker, .number = 2011),
                   (flex_volume, .number = 2012), (azure_file, .number = 2013),
                   (vsphere_volume, .number = 2014), (quobyte, .number = 2015), (azure_disk, .number = 2016),
                   (photon_persistent_disk, .number = 2017), (portworx_volume, .number = 2018),
                   (scale_io, .json = "scaleIO", .number = 2019), (local, .number = 2020),
                   (storageos, .number = 2021), (csi, .number = 2022),
                   (access_modes, .topology = object::merge_topology::atomic,
                    .values = "ReadOnlyMany,ReadWriteMany,ReadWriteOnce,ReadWriteOncePod", .number = 3),
                   (claim_ref, .topology = object::merge_topology::granular, .number = 4),
                   (persistent_volume_reclaim_policy, .values = "Delete,Recycle,Retain",
                    .fallback = "\"Retain\"", .number = 5),
                   (storage_class_name, .number = 6),
                   (mount_options, .topology = object::merge_topology::atomic, .number = 7),
                   (volume_mode, .values = "Block,Filesystem", .fallback = "\"Filesystem\"", .number = 8),
                   (node_affinity, .number = 9), (volume_attributes_class_name, .number = 10))
};

/// Whether a volume is free, taken, or left behind.
struct persistent_volume_status {
    std::string phase;
    std::string message;
    std::string reason;
    std::optional<object::timestamp> last_phase_transition_time;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(persistent_volume_status, "io.k8s.api.core.v1.PersistentVolumeStatus",
                   (phase, .values = "Available,Bound,Failed,Pending,Released", .fallback = "\"Pending\"",
                    .number = 1),
                   (message, .number = 2), (reason, .number = 3), (last_phase_transition_time, .number = 4))
};

/// Storage that outlives the pods that use it.
struct persistent_volume {
    static constexpr object::resource_name resource{
        "", "v1", "PersistentVolume", "persistentvolumes", "persistentvolume", false};

    object::meta metadata;
    persistent_volume_spec spec;
    persistent_volume_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(persistent_volume, "io.k8s.api.core.v1.PersistentVolume",
                   (metadata, .always = true, .number = 1), (spec, .always = true, .number = 2),
                   (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume/type.ipp>
#endif
