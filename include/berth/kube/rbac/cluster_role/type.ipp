#pragma once

/// \file
/// The tables of `berth/kube/rbac/cluster_role/type.hpp`.

#include <berth/kube/rbac/cluster_role/type.hpp>

namespace berth::kube {

BERTH_TABLE(aggregation_rule);
BERTH_TABLE(cluster_role);

} // namespace berth::kube
