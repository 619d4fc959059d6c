#pragma once

/// \file
/// The tables of `berth/kube/core/legacy_volume.hpp`.

#include <berth/kube/core/legacy_volume.hpp>

namespace berth::kube {

BERTH_TABLE(gce_persistent_disk_volume_source);
BERTH_TABLE(aws_elastic_block_store_volume_source);
BERTH_TABLE(git_repo_volume_source);
BERTH_TABLE(glusterfs_volume_source);
BERTH_TABLE(rbd_volume_source);
BERTH_TABLE(flex_volume_source);
BERTH_TABLE(cinder_volume_source);
BERTH_TABLE(ceph_fs_volume_source);
BERTH_TABLE(flocker_volume_source);
BERTH_TABLE(azure_file_volume_source);
BERTH_TABLE(azure_disk_volume_source);
BERTH_TABLE(vsphere_virtual_disk_volume_source);
BERTH_TABLE(quobyte_volume_source);
BERTH_TABLE(photon_persistent_disk_volume_source);
BERTH_TABLE(portworx_volume_source);
BERTH_TABLE(scale_io_volume_source);
BERTH_TABLE(storage_os_volume_source);

} // namespace berth::kube
