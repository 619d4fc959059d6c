#pragma once

/// \file
/// The one place where the control plane gets chance from the machine.

#include <cstdint>
#include <random>

namespace plane {

/// A seed that no other process has.
inline auto random_seed() -> std::uint64_t {
    auto device = std::random_device();
    return (std::uint64_t{device()} << 32U) | device();
}

} // namespace plane
