#pragma once

/// \file
/// How a fuzzer tells a finding.

#include <cstdlib>

namespace berth::fuzz {

/// Ends the process unless it holds.
inline auto must(bool holds) -> void {
    if (!holds) std::abort();
}

} // namespace berth::fuzz
