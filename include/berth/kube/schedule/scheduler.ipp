#pragma once

/// \file
/// The scheduler with the default profile, compiled once: see `berth/kube/schedule/scheduler.hpp`.

#include <berth/kube/schedule/scheduler.hpp>

namespace berth::kube {

template class scheduler<>;

} // namespace berth::kube
