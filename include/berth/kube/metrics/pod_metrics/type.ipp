#pragma once

/// \file
/// The tables of `berth/kube/metrics/pod_metrics/type.hpp`.

#include <berth/kube/metrics/pod_metrics/type.hpp>

namespace berth::kube {

BERTH_TABLE(container_metrics);
BERTH_TABLE(pod_metrics);

} // namespace berth::kube
