#pragma once

/// \file
/// Checks of replication controllers (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/template.hpp>
#include <berth/kube/core/replication_controller/type.hpp>

namespace berth::kube {

namespace detail {

/// Whether labels are among others.
BERTH_DECL auto has_labels(object::string_map const& all, object::string_map const& wanted) -> bool;

} // namespace detail

/// Checks a replication controller that is to be created.
BERTH_DECL auto validate(replication_controller const& c, api::field_errors& errors) -> void;

/// Checks a change of a replication controller. (Kubernetes checks the spec twice, and tells mistakes as
/// often.)
inline auto validate_update(replication_controller const& now, replication_controller const&,
                            api::field_errors& errors) -> void {
    validate(now, errors);
    validate(now, errors);
}

/// Checks a change of a replication controller's status.
BERTH_DECL auto validate_status(replication_controller const& now, replication_controller const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/replication_controller/validation.ipp>
#endif
