#pragma once

/// \file
/// The kept inputs of the fuzzers, for tests that run over them always.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace berth::tests {

/// Every kept input of one fuzzer. The checkout is where `BERTH_SOURCE` says (the test runner sets it), else
/// the working directory.
inline auto corpus(std::string const& fuzzer) -> std::vector<std::string> {
    auto const* const source = std::getenv("BERTH_SOURCE"); // NOLINT(concurrency-mt-unsafe)
    auto const folder =
        std::filesystem::path{source != nullptr ? source : "."} / "tests/fuzz/corpus" / fuzzer;
    auto out = std::vector<std::string>{};
    for (auto const& file : std::filesystem::directory_iterator{folder}) {
        auto in = std::ifstream{file.path(), std::ios::binary};
        out.emplace_back(std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{});
    }
    return out;
}

} // namespace berth::tests
