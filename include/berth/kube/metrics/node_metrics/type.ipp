#pragma once

/// \file
/// The table of `berth/kube/metrics/node_metrics/type.hpp`.

#include <berth/kube/metrics/node_metrics/type.hpp>

namespace berth::kube {

BERTH_TABLE(node_metrics);

} // namespace berth::kube
