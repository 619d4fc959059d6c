#pragma once

/// \file
/// Checks of volumes whose files are made from objects of the API (Kubernetes 1.36,
/// `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/projected_volume.hpp>
#include <berth/kube/core/pod/validation/field_reference.hpp>

#include <string_view>

namespace berth::kube::detail {

BERTH_DECL auto validate_source(secret_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_source(config_map_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

BERTH_DECL auto validate_source(downward_api_volume_source const& s, field_path const& at,
                                field_errors& errors) -> void;

BERTH_DECL auto validate_source(projected_volume_source const& s, field_path const& at, field_errors& errors)
    -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/projected_volumes.ipp>
#endif
