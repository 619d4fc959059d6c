#pragma once

/// \file
/// The tables of `berth/kube/events/event_v1/type.hpp`.

#include <berth/kube/events/event_v1/type.hpp>

namespace berth::kube {

BERTH_TABLE(event_series_v1);
BERTH_TABLE(event_v1);

} // namespace berth::kube
