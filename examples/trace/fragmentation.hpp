#pragma once

/// \file
/// Fragmentation gradient descent (Weng et al., "Beware of Fragmentation", USENIX ATC 2023): take
/// the machine whose idle graphics processors lose the least usefulness to the popular kinds of
/// tasks.

#include "cluster.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace trace {

/// A kind of task and how often it comes, as a share of all.
struct shape {
    std::int64_t cpu_milli = 0;
    std::size_t gpus = 0;
    int gpu_milli = 0;
    std::uint64_t models = 0;
    double share = 0;

    [[nodiscard]] constexpr auto kind() const { return std::tuple(cpu_milli, gpus, gpu_milli, models); }
};

/// The most frequent shapes that make up at least `coverage` of the requests; their shares add up
/// to 1.
inline auto popular_shapes(std::span<request const> requests, double coverage = 0.95) -> std::vector<shape> {
    auto shapes = std::vector<shape>{};
    for (auto const& r : requests) shapes.push_back({r.cpu_milli, r.gpus, r.gpu_milli, r.models, 0});
    std::ranges::sort(shapes, {}, &shape::kind);
    auto counted = std::vector<shape>{};
    for (auto const& s : shapes) {
        if (counted.empty() || counted.back().kind() != s.kind()) counted.push_back(s);
        counted.back().share += 1;
    }
    std::ranges::sort(counted, {}, [](shape const& s) { return std::pair(-s.share, s.kind()); });
    auto sum = 0.0;
    auto kept = std::size_t{0};
    while (kept < counted.size() && sum < coverage * static_cast<double>(requests.size()))
        sum += counted[kept++].share;
    counted.resize(kept);
    for (auto& s : counted) s.share /= sum;
    return counted;
}

/// Thousandths of a machine's idle devices that a task of this shape cannot use. A shape without devices can
/// use none.
constexpr auto fragment_for(machine const& m, shape const& s) -> std::int64_t {
    auto const accessible = s.models == 0 || (s.models >> m.model & 1U) != 0;
    if (s.gpus == 0 || !accessible || m.cpu_free < s.cpu_milli) return m.gpu_free;
    auto fitting = 0;
    auto usable = 0;
    for (auto const idle : m.idle) {
        fitting += idle >= s.gpu_milli ? 1 : 0;
        usable += idle >= s.gpu_milli ? idle : 0;
    }
    return static_cast<std::size_t>(fitting) < s.gpus ? m.gpu_free : m.gpu_free - usable;
}

/// What a task of the popular kinds cannot use of a machine, on average.
constexpr auto fragmentation(machine const& m, std::span<shape const> popular) -> double {
    if (m.gpu_free == 0) return 0;
    auto sum = 0.0;
    for (auto const& s : popular) sum += s.share * static_cast<double>(fragment_for(m, s));
    return sum;
}

/// The score: how much less of the machine is fragments once the request is there, squeezed into 0
/// to 100 whole points as in the authors' simulator. The rounding matters: small differences are
/// ties, and the first of equal machines is filled before the next. A share gets the device where that is
/// most.
struct least_new_fragments {
    static constexpr std::string_view name = "least new fragments";
    std::vector<shape> popular = {};

    auto operator()(request const& r, machine const& m) const -> double { return best(r, m).first; }

    /// The device of a share.
    [[nodiscard]] auto device(request const& r, machine const& m) const -> std::size_t {
        return best(r, m).second;
    }

private:
    /// Points, and the device of a share: the first of equals.
    [[nodiscard]] auto best(request const& r, machine const& m) const -> std::pair<double, std::size_t> {
        if (m.gpu_free == 0) return {squeezed(0), machine::most_gpus};
        auto const before = fragmentation(m, popular);
        auto const gain_on = [&](std::size_t device) {
            auto after = m;
            take(r, after, [device](request const&, machine const&) { return device; });
            return squeezed(before - fragmentation(after, popular));
        };
        if (!r.is_share()) return {gain_on(0), machine::most_gpus};
        auto out = std::pair(-1.0, machine::most_gpus);
        for (std::size_t i = 0; i < m.gpus; ++i) {
            if (m.idle[i] < r.gpu_milli) continue;
            auto const same = std::find(m.idle.begin(), m.idle.begin() + i, m.idle[i]) != m.idle.begin() + i;
            if (same) continue; // as good as one before
            if (auto const points = gain_on(i); points > out.first) out = {points, i};
        }
        return out;
    }
    static auto squeezed(double gain) -> double {
        return std::floor(100 * (1 / (1 + std::exp(-gain / whole_gpu))));
    }
};
/// Gives a share the device that FGD prefers.
struct least_fragmented {
    least_new_fragments leaf;

    auto operator()(request const& r, machine const& m) const -> std::size_t { return leaf.device(r, m); }
};

} // namespace trace
