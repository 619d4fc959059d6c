#pragma once

/// \file
/// How much a placer may remember.

#include <cstddef>

namespace berth::schedule {

/// How much a placer may remember. The class that was not asked for longest is forgotten first.
struct placer_limits {
    std::size_t classes = 1024;
    std::size_t bytes = std::size_t{512} << 20U;
};

} // namespace berth::schedule
