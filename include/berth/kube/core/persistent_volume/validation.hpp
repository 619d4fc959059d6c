#pragma once

/// \file
/// Checks of volumes (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks a volume that is to be created.
BERTH_DECL auto validate(persistent_volume const& v, api::field_errors& errors) -> void;

/// Checks a change of a volume, whose source stays. Kubernetes tells each other mistake twice.
BERTH_DECL auto validate_update(persistent_volume const& now, persistent_volume const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume/validation.ipp>
#endif
