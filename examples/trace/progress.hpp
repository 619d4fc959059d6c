#pragma once

/// \file
/// A progress bar on standard error: redrawn in place on a terminal, else a line now and then.

#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace trace {

class progress {
public:
    /// `units`: what is counted, in the plural.
    progress(std::string_view what, std::size_t all, std::string_view units = "tasks")
        : what_(what), units_(units), all_(all), drawn_(clock::now()) {}

    /// Tells how far it is, and what else there is to say; draws ten times a second at most, and in full at
    /// the end.
    auto at(std::size_t done, std::string const& more = {}) -> void {
        auto const now = clock::now();
        auto const pause = std::chrono::milliseconds(terminal_ ? 100 : 2'000);
        if (done < all_ && now - drawn_ < pause) return;
        drawn_ = now;
        auto const percent =
            all_ == 0 ? 100.0 : 100.0 * static_cast<double>(done) / static_cast<double>(all_);
        if (terminal_) {
            constexpr auto width = std::size_t{36};
            auto const full = all_ == 0 ? width : width * done / all_;
            auto bar = std::string{};
            for (std::size_t i = 0; i < width; ++i) bar += i < full ? "█" : "░";
            std::fprintf(stderr, "\r%s %s %5.1f %%  %zu of %zu %s%s", what_.c_str(), bar.c_str(), percent,
                         done, all_, units_.c_str(), more.c_str());
            if (done == all_) std::fputc('\n', stderr);
        } else {
            std::fprintf(stderr, "%s: %5.1f %%, %zu of %zu %s%s\n", what_.c_str(), percent, done, all_,
                         units_.c_str(), more.c_str());
        }
    }

private:
    using clock = std::chrono::steady_clock;
    std::string what_;
    std::string units_;
    std::size_t all_;
    clock::time_point drawn_;
    bool terminal_ = isatty(STDERR_FILENO) == 1;
};

} // namespace trace
