#pragma once

/// \file
/// The tables of `berth/kube/core/event/type.hpp`.

#include <berth/kube/core/event/type.hpp>

namespace berth::kube {

BERTH_TABLE(event_source);
BERTH_TABLE(event_series);
BERTH_TABLE(event);

} // namespace berth::kube
