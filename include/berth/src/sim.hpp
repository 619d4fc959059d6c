#pragma once

/// \file
/// The bodies of `sim`, for one unit of a program in separate compilation.

#include <berth/sim/run.ipp>
#include <berth/sim/virtual_clock.ipp>
