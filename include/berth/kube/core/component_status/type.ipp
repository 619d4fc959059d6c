#pragma once

/// \file
/// The bodies of `berth/kube/core/component_status/type.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/component_status/type.hpp>

namespace berth::kube {

BERTH_TABLE(component_condition);
BERTH_TABLE(component_status);

} // namespace berth::kube
