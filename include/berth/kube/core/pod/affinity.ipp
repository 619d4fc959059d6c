#pragma once

/// \file
/// The tables of `berth/kube/core/pod/affinity.hpp`.

#include <berth/kube/core/pod/affinity.hpp>

namespace berth::kube {

BERTH_TABLE(node_selector_requirement);
BERTH_TABLE(node_selector_term);
BERTH_TABLE(node_selector);
BERTH_TABLE(preferred_scheduling_term);
BERTH_TABLE(node_affinity);
BERTH_TABLE(pod_affinity_term);
BERTH_TABLE(weighted_pod_affinity_term);
BERTH_TABLE(pod_affinity);
BERTH_TABLE(pod_anti_affinity);
BERTH_TABLE(affinity);
BERTH_TABLE(toleration);
BERTH_TABLE(topology_spread_constraint);

} // namespace berth::kube
