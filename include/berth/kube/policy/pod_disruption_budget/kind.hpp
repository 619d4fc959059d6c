#pragma once

/// \file
/// How pod disruption budgets behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/policy/poddisruptionbudget`, `printPodDisruptionBudget`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/policy/pod_disruption_budget/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto pod_disruption_budget_kind() -> api::kind_of<pod_disruption_budget>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/policy/pod_disruption_budget/kind.ipp>
#endif
