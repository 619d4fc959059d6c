#pragma once

/// \file
/// The policies of the story, as a user writes them: four filters that all of them share, and scores and
/// choices of devices that set them apart. Six are those of "Beware of Fragmentation" (Weng et al., USENIX
/// ATC 2023), with the whole points of the authors' simulator: what it rounds away are ties, and the first of
/// equals is taken.

#include "cluster.hpp"
#include "fragmentation.hpp"

#include <berth/core/random.hpp>
#include <berth/schedule.hpp>

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

namespace schedule = berth::schedule;

inline constexpr auto has_cpu = schedule::filter<"has cpu">([](request const& r, machine const& m) {
    return r.cpu_milli <= m.cpu_free ? schedule::accept : schedule::reject("not enough cpu");
});
inline constexpr auto has_memory = schedule::filter<"has memory">([](request const& r, machine const& m) {
    return r.memory_mib <= m.memory_free ? schedule::accept : schedule::reject("not enough memory");
});
inline constexpr auto has_model = schedule::filter<"has model">([](request const& r, machine const& m) {
    if (r.gpus > 0 && m.gpus == 0) return schedule::rule_out("no gpu");
    return r.gpus == 0 || r.takes_model(m.model) ? schedule::accept : schedule::rule_out("other gpu model");
});
inline constexpr auto has_gpu = schedule::filter<"has gpu">([](request const& r, machine const& m) {
    if (r.gpus == 0 || devices_with(m, r.gpu_milli) >= r.gpus) return schedule::accept;
    return r.gpu_milli < whole_gpu ? schedule::reject("no device with enough left")
                                   : schedule::reject("not enough idle devices");
});

/// Scales of the scores: the greatest machine of the trace.
inline constexpr double most_cpu_milli = 128'000;
inline constexpr double most_gpu_milli = 8'000;

/// Few points where both much is asked for and much is free: the vectors of request and room, multiplied.
inline constexpr auto dot_product = schedule::score<"dot product">([](request const& r, machine const& m) {
    auto const cpu = static_cast<double>(m.cpu_free) / most_cpu_milli;
    auto const gpu = static_cast<double>(m.gpu_free) / most_gpu_milli;
    auto const asked_cpu = static_cast<double>(r.cpu_milli) / most_cpu_milli;
    auto const asked_gpu = static_cast<double>(r.all_gpu_milli()) / most_gpu_milli;
    return std::trunc(100 * (1 - (cpu * asked_cpu + gpu * asked_gpu) / 2));
});

/// `schedule::min_max` in whole points.
struct whole_min_max {
    auto operator()(std::span<schedule::points> column) const -> void {
        auto const e = schedule::extremes_of(column);
        for (auto& p : column) p = at(p, e);
    }
    [[nodiscard]] auto at(schedule::points p, schedule::extremes const& e) const -> schedule::points {
        return std::trunc(schedule::min_max{}.at(p, e));
    }
};
/// Points for little left.
inline constexpr auto tight = schedule::score<"tight">(
    [](request const& r, machine const& m) {
        auto const cpu = static_cast<double>(m.cpu_free - r.cpu_milli) / most_cpu_milli;
        auto const gpu = static_cast<double>(m.gpu_free - r.all_gpu_milli()) / most_gpu_milli;
        return std::trunc(100 * (1 - (0.5 * cpu + 0.5 * gpu)));
    },
    whole_min_max{});

/// Points for devices that are in use already, few for breaking into idle ones, fewest for an idle machine.
inline constexpr auto packed = schedule::score<"packed">([](request const& r, machine const& m) {
    if (r.gpus == 0) return 0;
    auto const idle = static_cast<int>(devices_with(m, whole_gpu));
    if (idle == static_cast<int>(m.gpus)) return std::max(33 - idle, idle);
    if (!r.is_share()) return std::max(50 - static_cast<int>(r.gpus), 33); // all of them idle ones
    auto const left = m.idle[tightest_device(m, r.gpu_milli)];
    return left == whole_gpu ? 49 : std::max(100 - left * 100 / whole_gpu / 10, 50);
});

/// Points for machines that host requests of this size, and little else; some for a machine in use.
inline constexpr auto among_its_like =
    schedule::score<"among its like">([](request const& r, machine const& m) -> double {
        if (r.gpus == 0) return 0;
        auto const used = std::int64_t{8} * whole_gpu - m.gpu_free;
        auto const likes = m.sizes == 0 ? 25 : (m.sizes & r.size()) == 0 ? 0 : m.sizes == r.size() ? 75 : 50;
        return static_cast<double>(25 * used / (std::int64_t{8} * whole_gpu) + likes);
    });

/// Points for a large free share: least allocated.
inline constexpr auto roomy_cpu = schedule::score<"roomy cpu">([](request const& r, machine const& m) {
    return 100 * static_cast<double>(m.cpu_free - r.cpu_milli) / static_cast<double>(m.cpu_milli);
});
inline constexpr auto roomy_gpu = schedule::score<"roomy gpu">([](request const& r, machine const& m) {
    if (m.gpus == 0) return 0.0;
    return 100 * static_cast<double>(m.gpu_free - r.all_gpu_milli()) / static_cast<double>(m.gpu_milli());
});

/// A share gets any device that will do. A pure function all the same: the request's turn and a seed decide.
struct any_device {
    std::uint64_t seed = 0;

    auto operator()(request const& r, machine const& m) const -> std::size_t {
        auto rank =
            berth::random_engine(seed ^ (r.turn * 0x9e3779b97f4a7c15U)).below(devices_with(m, r.gpu_milli));
        for (std::size_t i = 0; i < m.gpus; ++i)
            if (m.idle[i] >= r.gpu_milli && rank-- == 0) return i;
        return machine::most_gpus;
    }
};

/// A policy under a name that the command line knows.
template <class Score, class Choose = tightest, class Tie = schedule::lowest_index> struct policy {
    std::string_view name;
    std::string_view what;
    Score score;
    Choose choose = {}; ///< the device of a share
    Tie tie = {};
};

/// All policies. `popular` are the shapes that fragmentation is measured by (see `popular_shapes`); `seed` is
/// for the one that draws lots.
inline auto policies(std::vector<shape> popular, std::uint64_t seed) {
    auto const fgd = least_new_fragments{.popular = std::move(popular)};
    return std::tuple(
        policy<schedule::indifference, any_device, schedule::seeded_tie>{
            "Random", "any machine that will do, any device", {}, {seed}, {seed}},
        policy{"DotProd", "the machine that is least like the request", dot_product},
        policy{"GpuClustering", "beside requests of the same size", among_its_like},
        policy{"GpuPacking", "devices in use before idle ones, and those before idle machines", packed},
        policy{"BestFit", "the machine with the least left", tight},
        policy{"FGD", "fragmentation gradient descent: the least new fragments", schedule::score(fgd),
               least_fragmented{fgd}},
        policy{"Spread", "least allocated: the machine with the most left", roomy_cpu + roomy_gpu});
}
/// Calls `visit(policy)` for each.
template <class Visit>
auto for_each_policy(std::vector<shape> popular, std::uint64_t seed, Visit visit) -> void {
    std::apply([&](auto const&... each) { (visit(each), ...); }, policies(std::move(popular), seed));
}

/// The whole profile. The first of equal machines is taken, which keeps the later ones whole.
template <class Policy> auto profile_of(Policy const& p) {
    return schedule::profile{
        .name = p.name,
        .filter = has_cpu and has_memory and has_model and has_gpu,
        .score = p.score,
        .tie = p.tie,
        .reserve = [choose = p.choose](request const& r, machine& m) { take(r, m, choose); },
    };
}

} // namespace trace
