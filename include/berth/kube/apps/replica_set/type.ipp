#pragma once

/// \file
/// The tables of `berth/kube/apps/replica_set/type.hpp`.

#include <berth/kube/apps/replica_set/type.hpp>

namespace berth::kube {

BERTH_TABLE(replica_set_spec);
BERTH_TABLE(replica_set_condition);
BERTH_TABLE(replica_set_status);
BERTH_TABLE(replica_set);

} // namespace berth::kube
