#pragma once

/// \file
/// The tables of `berth/kube/core/pod_template/type.hpp`.

#include <berth/kube/core/pod_template/type.hpp>

namespace berth::kube {

BERTH_TABLE(pod_template);

} // namespace berth::kube
