/// \file
/// libFuzzer: no document that is applied crashes, or changes an object twice.
///
/// `tests/run frame/fuzz --compiler clang++-19` builds and runs it; BERTH_FUZZ_RUNS says how long.

#include "applies.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" auto LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) -> int {
    berth::fuzz::apply_documents({reinterpret_cast<char const*>(data), size});
    return 0;
}
