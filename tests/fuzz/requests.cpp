/// \file
/// libFuzzer: no request crashes the front, none is answered with a 5xx, and none takes more memory than ten
/// times its body and 8 MiB.
///
/// `tests/run frame/fuzz --compiler clang++-19` builds and runs it; BERTH_FUZZ_RUNS says how long.

#include "requests.hpp"

#include "memory_limit.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" auto LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) -> int {
    constexpr auto free_of_charge = std::size_t{8} << 20U;
    auto const before = berth::fuzz::allocated::begin();
    berth::fuzz::send_request({reinterpret_cast<char const*>(data), size});
    berth::fuzz::must(berth::fuzz::allocated::most - before <= 10 * size + free_of_charge);
    return 0;
}
