#pragma once

/// \file
/// The tables of `berth/kube/apps/daemon_set/type.hpp`.

#include <berth/kube/apps/daemon_set/type.hpp>

namespace berth::kube {

BERTH_TABLE(rolling_update_daemon_set);
BERTH_TABLE(daemon_set_update_strategy);
BERTH_TABLE(daemon_set_spec);
BERTH_TABLE(daemon_set_condition);
BERTH_TABLE(daemon_set_status);
BERTH_TABLE(daemon_set);

} // namespace berth::kube
