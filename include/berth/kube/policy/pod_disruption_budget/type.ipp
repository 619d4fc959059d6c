#pragma once

/// \file
/// The tables of `berth/kube/policy/pod_disruption_budget/type.hpp`.

#include <berth/kube/policy/pod_disruption_budget/type.hpp>

namespace berth::kube {

BERTH_TABLE(pod_disruption_budget_spec);
BERTH_TABLE(pod_disruption_budget_status);
BERTH_TABLE(pod_disruption_budget);

} // namespace berth::kube
