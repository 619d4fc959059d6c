#pragma once

/// \file
/// The hosts, tasks, filters and scores of the benchmarks of decisions, and the widest profile of them as one
/// would write it without a library.

#include <berth/bench/arrivals.hpp>
#include <berth/schedule.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

namespace fleet {

namespace schedule = berth::schedule;

struct task {
    std::int64_t cpu_milli;
    std::int64_t memory_mib;
    std::uint32_t tolerates;
    std::uint32_t zone;
    std::int64_t disk_gib = 0;
    std::uint32_t ports = 0;
    std::uint32_t zones = ~0U;
    std::uint32_t machine = 1;
    std::uint32_t group = 7;
};

struct host {
    std::int64_t cpu_milli;
    std::int64_t memory_mib;
    std::int64_t cpu_free;
    std::int64_t memory_free;
    std::uint32_t pods_free;
    std::uint32_t taints;
    std::uint32_t zone;
    bool cordoned;
    bool pressed = false;
    std::int64_t disk_free = 0;
    std::uint32_t ports = 0;
    std::uint32_t machine = 1;
    std::uint32_t volumes = 0;
    std::uint32_t images = 0;
    std::uint32_t groups = 0;
};

inline constexpr auto enough_cpu = schedule::filter<"enough cpu">([](task const& t, host const& h) {
    return t.cpu_milli <= h.cpu_free ? schedule::accept : schedule::reject("not enough cpu");
});
inline constexpr auto enough_memory = schedule::filter<"enough memory">([](task const& t, host const& h) {
    return t.memory_mib <= h.memory_free ? schedule::accept : schedule::reject("not enough memory");
});
inline constexpr auto has_slot = schedule::filter<"has a slot">([](task const&, host const& h) {
    return h.pods_free > 0 ? schedule::accept : schedule::reject("too many pods");
});
inline constexpr auto tolerates = schedule::filter<"tolerates">([](task const& t, host const& h) {
    return (h.taints & ~t.tolerates) == 0 ? schedule::accept : schedule::rule_out("untolerated taint");
});
inline constexpr auto cordoned = schedule::filter<"cordoned">([](task const&, host const& h) {
    return h.cordoned ? schedule::accept : schedule::reject("in service");
});

inline constexpr auto least_cpu = [](task const& t, host const& h) {
    return (h.cpu_free - t.cpu_milli) * 100 / h.cpu_milli;
};
inline constexpr auto roomy_cpu = schedule::score<"roomy cpu">(least_cpu);
inline constexpr auto roomy_memory = schedule::score<"roomy memory">(
    [](task const& t, host const& h) { return (h.memory_free - t.memory_mib) * 100 / h.memory_mib; });
inline constexpr auto same_zone =
    schedule::score<"same zone">([](task const& t, host const& h) { return t.zone == h.zone ? 100 : 0; });

inline constexpr auto pointwise = schedule::profile{
    .name = "pointwise",
    .filter = enough_cpu and enough_memory and has_slot and tolerates and not cordoned,
    .score = 2 * roomy_cpu + roomy_memory + 3 * same_zone,
};
inline constexpr auto normalized = schedule::profile{
    .name = "normalized",
    .filter = pointwise.filter,
    .score = 2 * schedule::score<"roomy cpu">(least_cpu, schedule::min_max{}) + roomy_memory + 3 * same_zone,
};

// The wide profile: seven more filters and four more scores.
inline constexpr auto enough_disk = schedule::filter<"enough disk">([](task const& t, host const& h) {
    return t.disk_gib <= h.disk_free ? schedule::accept : schedule::reject("not enough disk");
});
inline constexpr auto free_ports = schedule::filter<"free ports">([](task const& t, host const& h) {
    return (t.ports & h.ports) == 0 ? schedule::accept : schedule::reject("ports in use");
});
inline constexpr auto allowed_zone = schedule::filter<"allowed zone">([](task const& t, host const& h) {
    return (t.zones >> h.zone & 1U) != 0 ? schedule::accept : schedule::rule_out("another zone");
});
inline constexpr auto right_machine = schedule::filter<"right machine">([](task const& t, host const& h) {
    return t.machine == h.machine ? schedule::accept : schedule::rule_out("another machine");
});
inline constexpr auto few_volumes = schedule::filter<"few volumes">([](task const&, host const& h) {
    return h.volumes < 30 ? schedule::accept : schedule::reject("too many volumes");
});
inline constexpr auto pressed = schedule::filter<"pressed">(
    [](task const&, host const& h) { return h.pressed ? schedule::accept : schedule::reject("at ease"); });
inline constexpr auto apart = schedule::filter<"apart">([](task const& t, host const& h) {
    return (h.groups >> t.group & 1U) == 0 ? schedule::accept : schedule::reject("one of the group is here");
});
inline constexpr auto roomy_disk =
    schedule::score<"roomy disk">([](task const& t, host const& h) { return h.disk_free - t.disk_gib; });
inline constexpr auto fewer_tasks =
    schedule::score<"fewer tasks">([](task const&, host const& h) { return h.pods_free; });
inline constexpr auto has_images =
    schedule::score<"has images">([](task const&, host const& h) { return h.images; });
inline constexpr auto fewer_volumes = schedule::score<"fewer volumes">(
    [](task const&, host const& h) { return 30 - static_cast<int>(h.volumes); });

inline constexpr auto wide = schedule::profile{
    .name = "wide",
    .filter = not cordoned and allowed_zone and tolerates and right_machine and free_ports and enough_cpu and
              enough_memory and enough_disk and has_slot and few_volumes and not pressed and apart,
    .score = 2 * roomy_cpu + roomy_memory + 3 * same_zone + roomy_disk + fewer_tasks + 2 * has_images +
             fewer_volumes,
};

inline auto make_hosts(std::int64_t count) -> std::vector<host> {
    auto const one = [](berth::random_engine& draw, std::size_t) -> host {
        return {
            .cpu_milli = 64'000,
            .memory_mib = 262'144,
            .cpu_free = static_cast<std::int64_t>(draw.below(64'000)),
            .memory_free = static_cast<std::int64_t>(draw.below(262'144)),
            .pods_free = static_cast<std::uint32_t>(draw.below(110)),
            .taints = draw.below(10) == 0 ? 1U : 0U,
            .zone = static_cast<std::uint32_t>(draw.below(3)),
            .cordoned = draw.below(50) == 0,
            .pressed = draw.below(40) == 0,
            .disk_free = static_cast<std::int64_t>(draw.below(1'000)),
            .ports = draw.below(20) == 0 ? 2U : 0U,
            .machine = draw.below(30) == 0 ? 2U : 1U,
            .volumes = static_cast<std::uint32_t>(draw.below(32)),
            .images = static_cast<std::uint32_t>(draw.below(100)),
            .groups = static_cast<std::uint32_t>(draw.below(256)),
        };
    };
    return berth::bench::draw_many(static_cast<std::size_t>(count), 42, one);
}
inline constexpr auto small = task{.cpu_milli = 500, .memory_mib = 1024, .tolerates = 0, .zone = 1};
inline constexpr auto huge = task{.cpu_milli = 100'000, .memory_mib = 1024, .tolerates = 0, .zone = 1};

/// The wide decision as one would write it without a library, points being floating-point numbers there too.
inline auto place_wide_by_hand(task const& t, std::vector<host> const& hosts) -> std::int64_t {
    auto best = std::int64_t{-1};
    auto best_total = 0.0;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        auto const& h = hosts[i];
        if (h.cordoned || (t.zones >> h.zone & 1U) == 0 || (h.taints & ~t.tolerates) != 0) continue;
        if (t.machine != h.machine || (t.ports & h.ports) != 0) continue;
        if (t.cpu_milli > h.cpu_free || t.memory_mib > h.memory_free || t.disk_gib > h.disk_free) continue;
        if (h.pods_free == 0 || h.volumes >= 30 || h.pressed || (h.groups >> t.group & 1U) != 0) continue;
        auto const cpu = (h.cpu_free - t.cpu_milli) * 100 / h.cpu_milli;
        auto const memory = (h.memory_free - t.memory_mib) * 100 / h.memory_mib;
        auto const total = 2 * static_cast<double>(cpu) + static_cast<double>(memory) +
                           3 * (t.zone == h.zone ? 100.0 : 0.0) +
                           static_cast<double>(h.disk_free - t.disk_gib) + h.pods_free + 2.0 * h.images +
                           (30 - static_cast<int>(h.volumes));
        if (best < 0 || total > best_total) {
            best = static_cast<std::int64_t>(i);
            best_total = total;
        }
    }
    return best;
}

inline auto count_decisions(benchmark::State& state) -> void {
    state.SetComplexityN(state.range(0));
    state.counters["decisions"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

} // namespace fleet
