#pragma once

/// \file
/// Checks of claims (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks a claim that is to be created.
BERTH_DECL auto validate(persistent_volume_claim const& c, api::field_errors& errors) -> void;

/// Checks a change of a claim: a bound one may grow, or take back what it has not got yet, and change its
/// attributes; an unbound one may be given a volume.
BERTH_DECL auto validate_update(persistent_volume_claim const& now, persistent_volume_claim const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/validation.ipp>
#endif
