/// \file
/// libFuzzer: no body in protobuf crashes its reader, or becomes what is no JSON.
///
/// `tests/run frame/fuzz --compiler clang++-19` builds and runs it; BERTH_FUZZ_RUNS says how long.

#include "protobuf_body.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" auto LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) -> int {
    berth::fuzz::read_protobuf({reinterpret_cast<char const*>(data), size});
    return 0;
}
