/// \file
/// libFuzzer: no bytes in the place of a stored revision crash the decoder. Build and run:
///
///     clang++-19 -std=c++23 -Iinclude -g -O1 -fsanitize=fuzzer,address,undefined
///     tests/fuzz/stored_revision.cpp -o stored_revision
///     ./stored_revision -max_total_time=60 NEW tests/fuzz/corpus/stored_revision

#include "stored_revision.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" auto LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) -> int {
    berth::fuzz::decode_stored_revision({reinterpret_cast<char const*>(data), size});
    return 0;
}
