#pragma once

/// \file
/// Checks of leases (Kubernetes 1.36, `pkg/apis/coordination/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

namespace detail {

BERTH_DECL auto validate_lease_spec(lease_spec const& s, field_errors& errors) -> void;

} // namespace detail

/// Checks a lease that is to be created.
inline auto validate(lease const& l, api::field_errors& errors) -> void {
    detail::validate_lease_spec(l.spec, errors);
}

/// Checks a change of a lease.
inline auto validate_update(lease const& now, lease const& /*before*/, api::field_errors& errors) -> void {
    detail::validate_lease_spec(now.spec, errors);
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/coordination/lease/validation.ipp>
#endif
