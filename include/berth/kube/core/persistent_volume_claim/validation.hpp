#pragma once

/// \file
/// Checks of claims for volumes (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/persistent_volume_claim/validation/spec.hpp>

namespace berth::kube {

/// Checks a claim that is to be created.
inline auto validate(persistent_volume_claim const& c, api::field_errors& errors) -> void {
    detail::validate_claim_spec(c.spec, api::field_path("spec"), errors);
}

/// Checks a change of a claim: what was asked for stays, but for the size once there is a volume, and for the
/// class of its attributes.
BERTH_DECL auto validate_update(persistent_volume_claim const& now, persistent_volume_claim const& before,
                                api::field_errors& errors) -> void;

/// Checks a change of a claim's status.
BERTH_DECL auto validate_status(persistent_volume_claim const& now, persistent_volume_claim const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/validation.ipp>
#endif
