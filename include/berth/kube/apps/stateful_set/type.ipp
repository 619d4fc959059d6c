#pragma once

/// \file
/// The tables of `berth/kube/apps/stateful_set/type.hpp`.

#include <berth/kube/apps/stateful_set/type.hpp>

namespace berth::kube {

BERTH_TABLE(rolling_update_stateful_set_strategy);
BERTH_TABLE(stateful_set_update_strategy);
BERTH_TABLE(stateful_set_persistent_volume_claim_retention_policy);
BERTH_TABLE(stateful_set_ordinals);
BERTH_TABLE(embedded_persistent_volume_claim);
BERTH_TABLE(stateful_set_spec);
BERTH_TABLE(stateful_set_condition);
BERTH_TABLE(stateful_set_status);
BERTH_TABLE(stateful_set);

} // namespace berth::kube
