#pragma once

/// \file
/// Checks of what a claim for a volume asks for (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/spec.hpp>
#include <berth/kube/core/validation/resources.hpp>

namespace berth::kube::detail {

/// What a volume and a claim for one may be used for at a time.
BERTH_DECL auto validate_access_modes(std::vector<std::string> const& modes, field_path const& at,
                                      field_errors& errors) -> void;

BERTH_DECL auto validate_claim_spec(persistent_volume_claim_spec const& spec, field_path const& at,
                                    field_errors& errors) -> void;

/// A template for claims has labels and annotations, and nothing else in its metadata.
BERTH_DECL auto validate_claim_template(persistent_volume_claim_template const& t, field_path const& at,
                                        field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/validation/spec.ipp>
#endif
