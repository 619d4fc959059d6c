#pragma once

/// \file
/// Checks of volume sources that are seldom used today (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/volume.hpp>
#include <berth/kube/core/validation/resources.hpp>
#include <berth/kube/meta/validation/paths.hpp>

namespace berth::kube::detail {

inline auto require_text(std::string_view text, field_path const& at, field_errors& errors) -> void {
    if (text.empty()) errors.required(at);
}

inline auto validate_source(git_repo_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    require_text(s.repository, at.child("repository"), errors);
    validate_descending_path(s.directory, at.child("directory"), errors);
}
BERTH_DECL auto validate_source(gce_persistent_disk_volume_source const& s, field_path const& at,
                                field_errors& errors) -> void;
BERTH_DECL auto validate_source(aws_elastic_block_store_volume_source const& s, field_path const& at,
                                field_errors& errors) -> void;
inline auto validate_source(glusterfs_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    require_text(s.endpoints, at.child("endpoints"), errors);
    require_text(s.path, at.child("path"), errors);
}
BERTH_DECL auto validate_source(flocker_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;
inline auto validate_source(rbd_volume_source const& s, field_path const& at, field_errors& errors) -> void {
    if (s.monitors.empty()) errors.required(at.child("monitors"));
    require_text(s.image, at.child("image"), errors);
}
BERTH_DECL auto validate_source(cinder_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;
inline auto validate_source(ceph_fs_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    if (s.monitors.empty()) errors.required(at.child("monitors"));
}

BERTH_DECL auto validate_source(quobyte_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;
BERTH_DECL auto validate_source(flex_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;
inline auto validate_source(azure_file_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    require_text(s.secret_name, at.child("secretName"), errors);
    require_text(s.share_name, at.child("shareName"), errors);
}
inline auto validate_source(vsphere_virtual_disk_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.volume_path, at.child("volumePath"), errors);
}
inline auto validate_source(photon_persistent_disk_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.pd_id, at.child("pdID"), errors);
}
inline auto validate_source(portworx_volume_source const& s, field_path const& at, field_errors& errors)
    -> void {
    require_text(s.volume_id, at.child("volumeID"), errors);
}
BERTH_DECL auto validate_source(azure_disk_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;
BERTH_DECL auto validate_source(storage_os_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;
BERTH_DECL auto validate_source(scale_io_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/legacy_volumes.ipp>
#endif
