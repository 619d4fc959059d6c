/// \file
/// libFuzzer: no answer of etcd crashes the decoders. Build and run:
///
///     clang++-19 -std=c++23 -Iinclude -g -O1 -fsanitize=fuzzer,address,undefined
///     tests/fuzz/etcd_response.cpp \
///         -lboost_json -o etcd_response
///     ./etcd_response -max_total_time=60 NEW tests/fuzz/corpus/etcd_response

#include "etcd_response.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" auto LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) -> int {
    berth::fuzz::decode_everything({reinterpret_cast<char const*>(data), size});
    return 0;
}
