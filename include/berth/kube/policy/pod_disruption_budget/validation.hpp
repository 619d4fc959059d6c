#pragma once

/// \file
/// Checks of pod disruption budgets (Kubernetes 1.36, `pkg/apis/policy/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/kube/policy/pod_disruption_budget/type.hpp>

namespace berth::kube {

/// Checks a budget that is to be created.
BERTH_DECL auto validate(pod_disruption_budget const& b, api::field_errors& errors) -> void;

/// Checks a change of a budget.
BERTH_DECL auto validate_update(pod_disruption_budget const& now, pod_disruption_budget const& before,
                                api::field_errors& errors) -> void;

/// Checks a change of its status.
BERTH_DECL auto validate_status(pod_disruption_budget const& now, pod_disruption_budget const& before,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/policy/pod_disruption_budget/validation.ipp>
#endif
