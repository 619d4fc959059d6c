#pragma once

/// \file
/// Files of cases, and how many of them agree: what the programs that compare with Kubernetes share.

#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cases {

/// The whole file, unpacked if it is gzipped. Throws a sentence if it cannot be read.
inline auto read_whole(std::string const& path) -> std::string {
    auto* const file = gzopen(path.c_str(), "rb");
    if (file == nullptr) throw std::runtime_error("cannot open " + path);
    auto out = std::string();
    char buffer[1 << 16];
    auto n = 0;
    while ((n = gzread(file, buffer, sizeof buffer)) > 0) out.append(buffer, static_cast<std::size_t>(n));
    auto const whole = gzclose(file) == Z_OK && n == 0;
    if (!whole) throw std::runtime_error("cannot read all of " + path + ": it is cut off or damaged");
    return out;
}

/// The lines of a text that are not empty.
inline auto lines_of(std::string_view text) -> std::vector<std::string_view> {
    auto out = std::vector<std::string_view>();
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

struct tally {
    int passed = 0;
    int failed = 0;
    int not_built = 0;
};
using tallies = std::map<std::string, tally>;

/// Prints how many agree, each by its name in so many columns, and the sum; whether all agree, and there are
/// any.
inline auto report(tallies const& all, int columns) -> bool {
    auto sum = tally();
    for (auto const& [name, t] : all) {
        if (t.not_built != 0) std::printf("%-*s %5d not built\n", columns, name.c_str(), t.not_built);
        else std::printf("%-*s %5d of %5d agree\n", columns, name.c_str(), t.passed, t.passed + t.failed);
        sum.passed += t.passed;
        sum.failed += t.failed;
    }
    std::printf("%d passed, %d failed\n", sum.passed, sum.failed);
    return sum.failed == 0 && sum.passed > 0;
}

} // namespace cases
