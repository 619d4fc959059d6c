#pragma once

/// \file
/// The tables of `berth/kube/core/config_map/type.hpp`.

#include <berth/kube/core/config_map/type.hpp>

namespace berth::kube {

BERTH_TABLE(config_map);

} // namespace berth::kube
