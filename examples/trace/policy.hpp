#pragma once

/// \file
/// The policies of the story: four filters that every policy shares, and scores that set them
/// apart.

#include "cluster.hpp"
#include "fragmentation.hpp"

#include <berth/core/random.hpp>
#include <berth/schedule.hpp>

#include <cstdint>
#include <string_view>
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

/// Points for little left: best fit.
inline constexpr auto tight_cpu = schedule::score<"tight cpu">([](request const& r, machine const& m) {
    return 100 - 100 * static_cast<double>(m.cpu_free - r.cpu_milli) / most_cpu_milli;
});
inline constexpr auto tight_gpu = schedule::score<"tight gpu">([](request const& r, machine const& m) {
    return 100 - 100 * static_cast<double>(m.gpu_free - r.all_gpu_milli()) / most_gpu_milli;
});

/// Points for a large free share: least allocated.
inline constexpr auto roomy_cpu = schedule::score<"roomy cpu">([](request const& r, machine const& m) {
    return 100 * static_cast<double>(m.cpu_free - r.cpu_milli) / static_cast<double>(m.cpu_milli);
});
inline constexpr auto roomy_gpu = schedule::score<"roomy gpu">([](request const& r, machine const& m) {
    if (m.gpus == 0) return 0.0;
    return 100 * static_cast<double>(m.gpu_free - r.all_gpu_milli()) / static_cast<double>(m.gpu_milli());
});

/// Points by lot. A pure function all the same: request, machine and seed decide.
struct lottery {
    static constexpr std::string_view name = "lottery";
    std::uint64_t seed = 0;

    auto operator()(request const& r, machine const& m) const -> double {
        auto mixed = seed;
        for (auto const c : r.name) mixed = mixed * 0x100000001b3U + static_cast<unsigned char>(c);
        for (auto const c : m.name) mixed = mixed * 0x100000001b3U + static_cast<unsigned char>(c);
        return berth::random(mixed).fraction();
    }
};

using any_score = schedule::any_score<request, machine>;

/// A policy under a name that the command line knows.
struct named_policy {
    std::string_view name;
    std::string_view what;
    any_score score;
};

/// All policies. `popular` are the shapes that fragmentation is measured by (see `popular_shapes`);
/// `seed` is for the lottery.
inline auto policies(std::vector<shape> popular, std::uint64_t seed) -> std::vector<named_policy> {
    return {
        {"pack", "best fit: the machine with the least left", tight_cpu + tight_gpu},
        {"spread", "least allocated: the machine with the most left", roomy_cpu + roomy_gpu},
        {"fgd", "fragmentation gradient descent: the least new fragments",
         schedule::score(least_new_fragments{.popular = std::move(popular)})},
        {"random", "any machine that will do", schedule::score(lottery{.seed = seed})},
    };
}

/// The whole profile. The first of equal machines is taken, which keeps the later ones whole.
inline auto profile_of(std::string_view name, any_score score) {
    return schedule::profile{
        .name = name,
        .filter = has_cpu and has_memory and has_model and has_gpu,
        .score = std::move(score),
        .reserve = [](request const& r, machine& m) { take(r, m); },
    };
}

} // namespace trace
