#pragma once

/// \file
/// Checks of endpoint slices (Kubernetes 1.36, `pkg/apis/discovery/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/discovery/endpoint_slice/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks a slice that is to be created.
BERTH_DECL auto validate(endpoint_slice const& s, api::field_errors& errors) -> void;

/// Checks a change of a slice, whose type of addresses stays. Linear in the slice.
BERTH_DECL auto validate_update(endpoint_slice const& now, endpoint_slice const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/discovery/endpoint_slice/validation.ipp>
#endif
