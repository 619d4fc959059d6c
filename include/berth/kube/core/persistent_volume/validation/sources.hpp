#pragma once

/// \file
/// Checks of what volumes are made of (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube::detail {

/// A volume has one source.
BERTH_DECL auto validate_volume_source(persistent_volume_spec const& s, field_path const& at,
                                       field_errors& errors) -> void;

/// How the sources of two volumes differ, in the form of `diff -u`; empty if they do not.
[[nodiscard]] BERTH_DECL auto source_difference(persistent_volume_spec const& before,
                                                persistent_volume_spec const& now) -> std::string;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume/validation/sources.ipp>
#endif
