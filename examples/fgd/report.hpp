#pragma once

/// \file
/// The outcomes of many runs as a table beside the published one.

#include "experiment.hpp"
#include "published.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fgd {

inline constexpr std::size_t full_arrival = 100; ///< percent: where the means are compared

/// A list of tasks under one policy, with several seeds.
struct cell {
    std::string list;
    std::string_view policy;
    std::vector<outcome> runs; ///< by seed, at least one
};

/// Mean and standard deviation (of a sample) of what is not allocated when as much has been asked for as
/// there is.
inline auto unallocated(std::span<outcome const> runs) -> figure {
    auto const count = static_cast<double>(runs.size());
    auto out = figure{};
    for (auto const& run : runs) out.mean += (100 - run.allocated[full_arrival]) / count;
    for (auto const& run : runs) out.deviation += std::pow(100 - run.allocated[full_arrival] - out.mean, 2);
    out.deviation = runs.size() < 2 ? 0 : std::sqrt(out.deviation / (count - 1));
    return out;
}

/// What is allocated by what has been asked for, over all seeds; not a number where no run has an event.
inline auto mean_curve(std::span<outcome const> runs) -> curve {
    auto out = curve{};
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto count = 0.0;
        for (auto const& run : runs) {
            if (std::isnan(run.allocated[i])) continue;
            out[i] += run.allocated[i];
            ++count;
        }
        out[i] /= count;
    }
    return out;
}

/// How far two means of the same experiment may lie apart by chance, in percentage points: three standard
/// deviations of their difference; not less than what 0.35 points say.
inline auto allowed_difference(figure const& theirs, std::size_t seeds) -> double {
    auto const both = 1 / static_cast<double>(published_seeds) + 1 / static_cast<double>(seeds);
    return std::max(0.35, 3 * theirs.deviation * std::sqrt(both));
}

/// Our mean beside the published one.
struct comparison {
    figure ours;
    figure const* theirs = nullptr; ///< null where none was published
    double difference = 0;          ///< in percentage points
    double in_deviations = 0;       ///< the same, in published standard deviations
    double allowed = 0;

    [[nodiscard]] auto agrees() const -> bool {
        return std::abs(difference) <= allowed;
    } ///< false for not a number
};
inline auto compare(cell const& c) -> comparison {
    auto out = comparison{.ours = unallocated(c.runs), .theirs = published_figure(c.list, c.policy)};
    if (out.theirs == nullptr) return out;
    out.difference = out.ours.mean - out.theirs->mean;
    out.in_deviations = out.theirs->deviation > 0 ? out.difference / out.theirs->deviation : 0;
    out.allowed = allowed_difference(*out.theirs, c.runs.size());
    return out;
}

/// All cells in lines for people: a block for each list.
inline auto table(std::span<cell const> cells) -> std::string {
    auto out = std::string("GPU not allocated at 100 % arrival, in %: mean (sd) over seeds\n");
    auto list = std::string_view{};
    char line[160];
    for (auto const& c : cells) {
        if (c.list != list) {
            list = c.list;
            std::snprintf(line, sizeof line, "\n%-15s%15s%17s%13s%10s%10s\n", c.list.c_str(), "ours",
                          "published", "difference", "in sd", "allowed");
            out += line;
        }
        auto const s = compare(c);
        if (std::isnan(s.ours.mean)) {
            std::snprintf(line, sizeof line,
                          "  %-13s       -  with some seed no task comes at 100 %% arrival\n",
                          std::string(c.policy).c_str());
            out += line;
            continue;
        }
        std::snprintf(line, sizeof line, "  %-13s%8.2f (%.2f)", std::string(c.policy).c_str(), s.ours.mean,
                      s.ours.deviation);
        out += line;
        if (s.theirs == nullptr) {
            out += "                -\n";
            continue;
        }
        std::snprintf(line, sizeof line, "%10.2f (%.2f)%+13.2f%+10.1f%10.2f%s\n", s.theirs->mean,
                      s.theirs->deviation, s.difference, s.in_deviations, s.allowed,
                      s.agrees() ? "" : "  beyond");
        out += line;
    }
    return out;
}

/// How many means were published, and how many of ours lie further from them than chance allows.
struct verdict {
    std::size_t compared = 0;
    std::size_t beyond = 0;
};
inline auto judge(std::span<cell const> cells) -> verdict {
    auto out = verdict{};
    for (auto const& c : cells) {
        auto const s = compare(c);
        if (s.theirs == nullptr) continue;
        ++out.compared;
        out.beyond += s.agrees() ? 0U : 1U;
    }
    return out;
}

} // namespace fgd
