#pragma once

/// \file
/// Checks of persistent volumes (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/validation/source.hpp>

namespace berth::kube {

/// Checks a volume that is to be created.
BERTH_DECL auto validate(persistent_volume const& v, api::field_errors& errors) -> void;

/// Checks a change of a volume: where it is, and from which nodes it is reached, stays.
BERTH_DECL auto validate_update(persistent_volume const& now, persistent_volume const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume/validation.ipp>
#endif
