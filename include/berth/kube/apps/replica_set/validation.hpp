#pragma once

/// \file
/// Checks of replica sets (Kubernetes 1.36, `pkg/apis/apps/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/core/pod/validation/template.hpp>

namespace berth::kube {

namespace detail {

BERTH_DECL auto validate_replica_set_spec(replica_set_spec const& s, field_errors& errors) -> void;

} // namespace detail

/// Checks a replica set that is to be created.
inline auto validate(replica_set const& r, api::field_errors& errors) -> void {
    detail::validate_replica_set_spec(r.spec, errors);
}

/// Checks a change of a replica set.
inline auto validate_update(replica_set const& now, replica_set const& before, api::field_errors& errors)
    -> void {
    detail::validate_replica_set_spec(now.spec, errors);
    detail::validate_fixed_selector(now.spec.selector, before.spec.selector, errors);
}

/// Checks a change of a replica set's status.
BERTH_DECL auto validate_status(replica_set const& now, replica_set const& /*before*/,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/replica_set/validation.ipp>
#endif
