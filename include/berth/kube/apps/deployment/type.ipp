#pragma once

/// \file
/// The tables of `berth/kube/apps/deployment/type.hpp`.

#include <berth/kube/apps/deployment/type.hpp>

namespace berth::kube {

BERTH_TABLE(rolling_update_deployment);
BERTH_TABLE(deployment_strategy);
BERTH_TABLE(deployment_spec);
BERTH_TABLE(deployment_condition);
BERTH_TABLE(deployment_status);
BERTH_TABLE(deployment);

} // namespace berth::kube
