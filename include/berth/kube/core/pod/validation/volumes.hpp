#pragma once

/// \file
/// Checks of the volumes of pods (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/validation/spec.hpp>
#include <berth/kube/core/pod/validation/legacy_volumes.hpp>
#include <berth/kube/core/pod/validation/projected_volumes.hpp>

#include <map>
#include <string>
#include <string_view>

namespace berth::kube::detail {

BERTH_DECL auto validate_source(host_path_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_source(nfs_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_source(iscsi_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_source(fc_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

inline auto validate_source(persistent_volume_claim_volume_source const& s, field_path const& at,
                            field_errors& errors) -> void {
    require_text(s.claim_name, at.child("claimName"), errors);
}

/// The name of a driver of volumes.
BERTH_DECL auto validate_driver_name(std::string const& name, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_source(csi_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_source(ephemeral_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_source(empty_dir_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

/// The volumes of a pod that can be mounted, by their names.
using volume_list = std::map<std::string_view, volume const*>;

/// Checks the volumes and answers those that are right: only they can be mounted.
BERTH_DECL auto validate_volumes(object::list<volume> const& volumes, std::string const& pod_name,
                                 bool in_pod, field_path const& at, field_errors& errors) -> volume_list;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/volumes.ipp>
#endif
