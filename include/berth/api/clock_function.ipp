#pragma once

/// \file
/// The bodies of `berth/api/clock_function.hpp`.

#include <berth/api/clock_function.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto clock_function::operator()() const -> time_point { return tell_(); }

} // namespace berth::api
