#pragma once

/// \file
/// The core area at a glance: errors as values, time, randomness and components.

#include <cstdint>

namespace berth {

enum class error_code : std::uint8_t;
struct error;
struct error_cause;
struct error_details;

struct duration;
struct time_point;
struct system_clock;
class random;

struct wake;
struct waker;
class signal;

} // namespace berth
