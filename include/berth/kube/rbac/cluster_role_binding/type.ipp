#pragma once

/// \file
/// The tables of `berth/kube/rbac/cluster_role_binding/type.hpp`.

#include <berth/kube/rbac/cluster_role_binding/type.hpp>

namespace berth::kube {

BERTH_TABLE(cluster_role_binding);

} // namespace berth::kube
