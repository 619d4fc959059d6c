/// \file
/// How close is `place` to a loop written by hand? Both decide for one task over n nodes, with five
/// filters and three scores, and *wide* with twelve and seven; the loop knows both types, keeps no
/// names, gives no reasons and cannot be composed. Beside them: the same profile with a normalised
/// score, which needs columns; the same profile erased; and a task that every node refuses, with all
/// reasons and their summary. The program is built twice: at -O3, and at -O2 as `place at -O2`.

#include <berth/core/random.hpp>
#include <berth/schedule.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

namespace {

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

constexpr auto enough_cpu = schedule::filter<"enough cpu">([](task const& t, host const& h) {
    return t.cpu_milli <= h.cpu_free ? schedule::accept : schedule::reject("not enough cpu");
});
constexpr auto enough_memory = schedule::filter<"enough memory">([](task const& t, host const& h) {
    return t.memory_mib <= h.memory_free ? schedule::accept : schedule::reject("not enough memory");
});
constexpr auto has_slot = schedule::filter<"has a slot">([](task const&, host const& h) {
    return h.pods_free > 0 ? schedule::accept : schedule::reject("too many pods");
});
constexpr auto tolerates = schedule::filter<"tolerates">([](task const& t, host const& h) {
    return (h.taints & ~t.tolerates) == 0 ? schedule::accept : schedule::rule_out("untolerated taint");
});
constexpr auto cordoned = schedule::filter<"cordoned">([](task const&, host const& h) {
    return h.cordoned ? schedule::accept : schedule::reject("in service");
});

constexpr auto least_cpu = [](task const& t, host const& h) {
    return (h.cpu_free - t.cpu_milli) * 100 / h.cpu_milli;
};
constexpr auto roomy_cpu = schedule::score<"roomy cpu">(least_cpu);
constexpr auto roomy_memory = schedule::score<"roomy memory">(
    [](task const& t, host const& h) { return (h.memory_free - t.memory_mib) * 100 / h.memory_mib; });
constexpr auto same_zone =
    schedule::score<"same zone">([](task const& t, host const& h) { return t.zone == h.zone ? 100 : 0; });

constexpr auto pointwise = schedule::profile{
    .name = "pointwise",
    .filter = enough_cpu and enough_memory and has_slot and tolerates and not cordoned,
    .score = 2 * roomy_cpu + roomy_memory + 3 * same_zone,
};
constexpr auto normalized = schedule::profile{
    .name = "normalized",
    .filter = pointwise.filter,
    .score = 2 * schedule::score<"roomy cpu">(least_cpu, schedule::min_max{}) + roomy_memory + 3 * same_zone,
};

// The wide profile: seven more filters and four more scores.
constexpr auto enough_disk = schedule::filter<"enough disk">([](task const& t, host const& h) {
    return t.disk_gib <= h.disk_free ? schedule::accept : schedule::reject("not enough disk");
});
constexpr auto free_ports = schedule::filter<"free ports">([](task const& t, host const& h) {
    return (t.ports & h.ports) == 0 ? schedule::accept : schedule::reject("ports in use");
});
constexpr auto allowed_zone = schedule::filter<"allowed zone">([](task const& t, host const& h) {
    return (t.zones >> h.zone & 1U) != 0 ? schedule::accept : schedule::rule_out("another zone");
});
constexpr auto right_machine = schedule::filter<"right machine">([](task const& t, host const& h) {
    return t.machine == h.machine ? schedule::accept : schedule::rule_out("another machine");
});
constexpr auto few_volumes = schedule::filter<"few volumes">([](task const&, host const& h) {
    return h.volumes < 30 ? schedule::accept : schedule::reject("too many volumes");
});
constexpr auto pressed = schedule::filter<"pressed">(
    [](task const&, host const& h) { return h.pressed ? schedule::accept : schedule::reject("at ease"); });
constexpr auto apart = schedule::filter<"apart">([](task const& t, host const& h) {
    return (h.groups >> t.group & 1U) == 0 ? schedule::accept : schedule::reject("one of the group is here");
});
constexpr auto roomy_disk =
    schedule::score<"roomy disk">([](task const& t, host const& h) { return h.disk_free - t.disk_gib; });
constexpr auto fewer_tasks =
    schedule::score<"fewer tasks">([](task const&, host const& h) { return h.pods_free; });
constexpr auto has_images =
    schedule::score<"has images">([](task const&, host const& h) { return h.images; });
constexpr auto fewer_volumes = schedule::score<"fewer volumes">(
    [](task const&, host const& h) { return 30 - static_cast<int>(h.volumes); });

constexpr auto wide = schedule::profile{
    .name = "wide",
    .filter = not cordoned and allowed_zone and tolerates and right_machine and free_ports and enough_cpu and
              enough_memory and enough_disk and has_slot and few_volumes and not pressed and apart,
    .score = 2 * roomy_cpu + roomy_memory + 3 * same_zone + roomy_disk + fewer_tasks + 2 * has_images +
             fewer_volumes,
};

auto make_hosts(std::int64_t count) -> std::vector<host> {
    auto draw = berth::random(42);
    auto hosts = std::vector<host>{};
    for (std::int64_t i = 0; i < count; ++i) {
        hosts.push_back({
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
        });
    }
    return hosts;
}
constexpr auto small = task{.cpu_milli = 500, .memory_mib = 1024, .tolerates = 0, .zone = 1};
constexpr auto huge = task{.cpu_milli = 100'000, .memory_mib = 1024, .tolerates = 0, .zone = 1};

/// The decision as one would write it without a library.
auto place_by_hand(task const& t, std::vector<host> const& hosts) -> std::int64_t {
    auto best = std::int64_t{-1};
    auto best_total = std::int64_t{0};
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        auto const& h = hosts[i];
        if (t.cpu_milli > h.cpu_free || t.memory_mib > h.memory_free || h.pods_free == 0) continue;
        if ((h.taints & ~t.tolerates) != 0 || h.cordoned) continue;
        auto const cpu = (h.cpu_free - t.cpu_milli) * 100 / h.cpu_milli;
        auto const memory = (h.memory_free - t.memory_mib) * 100 / h.memory_mib;
        auto const total = 2 * cpu + memory + 3 * (t.zone == h.zone ? 100 : 0);
        if (best < 0 || total > best_total) {
            best = static_cast<std::int64_t>(i);
            best_total = total;
        }
    }
    return best;
}

/// The wide decision as one would write it without a library, points being floating-point numbers there too.
auto place_wide_by_hand(task const& t, std::vector<host> const& hosts) -> std::int64_t {
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

auto count_decisions(benchmark::State& state) -> void {
    state.SetComplexityN(state.range(0));
    state.counters["decisions"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

auto by_hand(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(place_by_hand(small, hosts));
    count_decisions(state);
}

auto wide_by_hand(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(place_wide_by_hand(small, hosts));
    count_decisions(state);
}

template <class Profile> auto decide(benchmark::State& state, task const& t, Profile const& profile) -> void {
    auto const hosts = make_hosts(state.range(0));
    auto work = schedule::workspace{};
    for (auto _ : state) {
        auto const answer = schedule::place(t, hosts, profile, work);
        benchmark::DoNotOptimize(answer.has_value());
    }
    count_decisions(state);
}

auto place_pointwise(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    auto const answer = schedule::place(small, hosts, pointwise);
    if (!answer || place_by_hand(small, hosts) != static_cast<std::int64_t>(answer->node)) {
        state.SkipWithError("place and the loop disagree");
        return;
    }
    decide(state, small, pointwise);
}
auto place_wide(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    auto const answer = schedule::place(small, hosts, wide);
    if (!answer || place_wide_by_hand(small, hosts) != static_cast<std::int64_t>(answer->node)) {
        state.SkipWithError("place and the loop disagree");
        return;
    }
    decide(state, small, wide);
}
auto place_normalized(benchmark::State& state) -> void { decide(state, small, normalized); }
auto place_erased(benchmark::State& state) -> void {
    auto const erased = schedule::profile{
        .name = "erased",
        .filter = schedule::any_filter<task, host>(pointwise.filter),
        .score = schedule::any_score<task, host>(pointwise.score),
    };
    decide(state, small, erased);
}
auto place_refused(benchmark::State& state) -> void {
    auto const hosts = make_hosts(state.range(0));
    for (auto _ : state) {
        auto const answer = schedule::place(huge, hosts, pointwise);
        benchmark::DoNotOptimize(answer.error().summary());
    }
    count_decisions(state);
}

constexpr auto sizes = [](auto* bench) {
    for (auto const nodes : {100, 1'000, 5'000, 20'000}) bench->Arg(nodes);
    bench->Complexity(benchmark::oN)->Unit(benchmark::kMicrosecond);
};
BENCHMARK(by_hand)->Apply(sizes);
BENCHMARK(place_pointwise)->Apply(sizes);
BENCHMARK(wide_by_hand)->Apply(sizes);
BENCHMARK(place_wide)->Apply(sizes);
BENCHMARK(place_normalized)->Apply(sizes);
BENCHMARK(place_erased)->Apply(sizes);
BENCHMARK(place_refused)->Apply(sizes);

} // namespace
