/// \file
/// libFuzzer: no patch crashes, or makes more of a document than it may.
///
/// `tests/run frame/fuzz --compiler clang++-19` builds and runs it; BERTH_FUZZ_RUNS says how long.

#include "patches.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" auto LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) -> int {
    berth::fuzz::apply_patches({reinterpret_cast<char const*>(data), size});
    return 0;
}
