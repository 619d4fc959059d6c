#pragma once

/// \file
/// The tables of `berth/kube/core/persistent_volume/source.hpp`.

#include <berth/kube/core/persistent_volume/source.hpp>

namespace berth::kube {

BERTH_TABLE(secret_reference);
BERTH_TABLE(local_volume_source);
BERTH_TABLE(csi_persistent_volume_source);
BERTH_TABLE(iscsi_persistent_volume_source);
BERTH_TABLE(glusterfs_persistent_volume_source);
BERTH_TABLE(rbd_persistent_volume_source);
BERTH_TABLE(cinder_persistent_volume_source);
BERTH_TABLE(ceph_fs_persistent_volume_source);
BERTH_TABLE(flex_persistent_volume_source);
BERTH_TABLE(azure_file_persistent_volume_source);
BERTH_TABLE(scale_io_persistent_volume_source);
BERTH_TABLE(storage_os_persistent_volume_source);

} // namespace berth::kube
