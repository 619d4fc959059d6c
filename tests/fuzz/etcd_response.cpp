/// \file
/// libFuzzer: no answer of etcd crashes the decoders, or what reads the frames of a connection.
///
/// `tests/run frame/fuzz --compiler clang++-19` builds and runs it; BERTH_FUZZ_RUNS says how
/// long.

#include "etcd_response.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" auto LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) -> int {
    berth::fuzz::decode_everything({reinterpret_cast<char const*>(data), size});
    return 0;
}
