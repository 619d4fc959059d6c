#pragma once

/// \file
/// The simulation area at a glance: the same components in virtual time, on one thread, from one seed.

#include <cstdint>

namespace berth::sim {

class virtual_clock;
class executor;
struct options;
struct report;
enum class ending : std::uint8_t;

} // namespace berth::sim
