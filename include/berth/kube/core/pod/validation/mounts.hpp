#pragma once

/// \file
/// Checks of where volumes appear in containers (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/container.hpp>
#include <berth/kube/core/pod/validation/field_reference.hpp>
#include <berth/kube/core/pod/validation/security.hpp>
#include <berth/kube/core/pod/validation/volumes.hpp>
#include <berth/kube/core/pod/volume.hpp>

#include <cstddef>
#include <string_view>

namespace berth::kube::detail {

BERTH_DECL auto validate_mounts(container const& c, volume_list const& volumes, field_path const& at,
                                field_errors& errors) -> void;

BERTH_DECL auto validate_devices(container const& c, volume_list const& volumes, field_path const& at,
                                 field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/mounts.ipp>
#endif
