#pragma once

/// \file
/// The tables of `berth/kube/core/replication_controller/type.hpp`.

#include <berth/kube/core/replication_controller/type.hpp>

namespace berth::kube {

BERTH_TABLE(replication_controller_spec);
BERTH_TABLE(replication_controller_condition);
BERTH_TABLE(replication_controller_status);
BERTH_TABLE(replication_controller);

} // namespace berth::kube
