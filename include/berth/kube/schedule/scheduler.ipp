#pragma once

/// \file
/// The scheduler with the default profile, compiled once: see `berth/kube/schedule/scheduler.hpp`.

#include <berth/kube/schedule/scheduler.hpp>

namespace berth::kube {

#if defined(BERTH_SEPARATE_COMPILATION)
template class scheduler<>;
#endif

} // namespace berth::kube
