#pragma once

/// \file
/// Checks of daemon sets (Kubernetes 1.36, `pkg/apis/apps/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/type.hpp>
#include <berth/kube/core/pod/validation/template.hpp>

namespace berth::kube {

/// Checks a daemon set that is to be created.
BERTH_DECL auto validate(daemon_set const& d, api::field_errors& errors) -> void;

/// Checks a change of a daemon set.
BERTH_DECL auto validate_update(daemon_set const& now, daemon_set const& before, api::field_errors& errors)
    -> void;

/// Checks a change of a daemon set's status.
BERTH_DECL auto validate_status(daemon_set const& now, daemon_set const& before, api::field_errors& errors)
    -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/validation.ipp>
#endif
