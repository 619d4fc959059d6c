#pragma once

/// \file
/// The tables of `berth/kube/metrics/node_summary/type.hpp`.

#include <berth/kube/metrics/node_summary/type.hpp>

namespace berth::kube {

BERTH_TABLE(pod_summary);
BERTH_TABLE(node_summary);

} // namespace berth::kube
