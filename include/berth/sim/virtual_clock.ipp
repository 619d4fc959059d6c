#pragma once

/// \file
/// The bodies of `berth/sim/virtual_clock.hpp`.

#include <berth/core/config.hpp>
#include <berth/sim/virtual_clock.hpp>

namespace berth::sim {

BERTH_DECL auto virtual_clock::advance_to(time_point t) const -> void {
    if (t > now()) now_->store(t.nanoseconds);
}

} // namespace berth::sim
