#pragma once

/// \file
/// Volume sources that pods and persistent volumes have in common (core/v1 of Kubernetes 1.36); those that
/// are seldom used today are in `legacy_volume.hpp`.

#include <berth/object/meta.hpp>

namespace berth::kube {

/// A file or directory of the node.
struct host_path_volume_source {
    std::string path;
    object::boxed<std::string> type;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(host_path_volume_source, "io.k8s.api.core.v1.HostPathVolumeSource",
                   (path, .required = true, .always = true, .number = 1),
                   (type,
                    .values = ",BlockDevice,CharDevice,Directory,DirectoryOrCreate,File,FileOrCreate,Socket",
                    .fallback = "\"\"", .number = 2))
};

/// A directory of an NFS server.
struct nfs_volume_source {
    std::string server;
    std::string path;
    bool read_only = false;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(nfs_volume_source, "io.k8s.api.core.v1.NFSVolumeSource",
                   (server, .required = true, .always = true, .number = 1),
                   (path, .required = true, .always = true, .number = 2), (read_only, .number = 3))
};

/// A Fibre Channel disk.
struct fc_volume_source {
    std::vector<std::string> target_wwns;
    std::optional<std::int32_t> lun;
    std::string fs_type;
    bool read_only = false;
    std::vector<std::string> wwids;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(fc_volume_source, "io.k8s.api.core.v1.FCVolumeSource",
                   (target_wwns, .json = "targetWWNs", .topology = object::merge_topology::atomic,
                    .number = 1),
                   (lun, .minimum = 0, .maximum = 255, .number = 2), (fs_type, .number = 3),
                   (read_only, .number = 4), (wwids, .topology = object::merge_topology::atomic, .number = 5))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/volume_source.ipp>
#endif
