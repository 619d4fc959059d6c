#pragma once

/// \file
/// Checks of stateful sets (Kubernetes 1.36, `pkg/apis/apps/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/core/pod/validation/template.hpp>

namespace berth::kube {

/// Checks a stateful set that is to be created.
BERTH_DECL auto validate(stateful_set const& s, api::field_errors& errors) -> void;

/// Checks a change of a stateful set. A template that is there and would be refused today may stay.
BERTH_DECL auto validate_update(stateful_set const& now, stateful_set const& before,
                                api::field_errors& errors) -> void;

/// Checks a change of a stateful set's status.
BERTH_DECL auto validate_status(stateful_set const& now, stateful_set const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/stateful_set/validation.ipp>
#endif
