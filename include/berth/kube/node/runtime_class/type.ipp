#pragma once

/// \file
/// The tables of `berth/kube/node/runtime_class/type.hpp`.

#include <berth/kube/node/runtime_class/type.hpp>

namespace berth::kube {

BERTH_TABLE(runtime_overhead);
BERTH_TABLE(runtime_scheduling);
BERTH_TABLE(runtime_class);

} // namespace berth::kube
