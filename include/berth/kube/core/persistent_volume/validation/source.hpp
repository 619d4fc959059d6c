#pragma once

/// \file
/// Checks of where persistent volumes are (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/pod/validation/volumes.hpp>

namespace berth::kube::detail {

/// Checks that a volume is in one place, and that this can be found.
BERTH_DECL auto validate_volume_place(persistent_volume_spec const& s, field_path const& at,
                                      field_errors& errors) -> void;

/// The members of a volume's spec that say where it is, in the order of Kubernetes' internal type.
[[nodiscard]] BERTH_DECL auto volume_sources() -> std::vector<object::field_info const*>;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume/validation/source.ipp>
#endif
