#pragma once

/// \file
/// Simulation: the same components in virtual time, on one thread, from one seed.

// IWYU pragma: begin_exports
#include <berth/sim/faulty_link.hpp>
#include <berth/sim/fwd.hpp>
#include <berth/sim/run.hpp>
#include <berth/sim/virtual_clock.hpp>
// IWYU pragma: end_exports
