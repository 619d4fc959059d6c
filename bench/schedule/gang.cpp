/// \file
/// What does it cost to place a gang as a whole? Gangs of m members on n nodes in racks of 40, with three
/// filters and two scores: placed anywhere and taken back, within one rack, and refused for want of one
/// place; beside the same tasks placed one by one (`place`, then `.reserve`), the limit: the transaction adds
/// its books and the way back. A decision is that of one member; a gang that is refused makes as many, less
/// one.

#include <berth/core/random.hpp>
#include <berth/schedule/gang.hpp>
#include <berth/schedule/score.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <vector>

namespace {

namespace schedule = berth::schedule;

struct worker {
    std::int64_t cpu = 0;
    std::int64_t memory = 0;

    friend auto operator==(worker const&, worker const&) -> bool = default;
};
struct host {
    std::int64_t cpu = 0;
    std::int64_t memory = 0;
    std::uint32_t rack = 0;
    bool cordoned = false;
};
constexpr auto enough_cpu = schedule::filter<"enough cpu">([](worker const& w, host const& h) {
    return w.cpu <= h.cpu ? schedule::accept : schedule::reject("not enough cpu");
});
constexpr auto enough_memory = schedule::filter<"enough memory">([](worker const& w, host const& h) {
    return w.memory <= h.memory ? schedule::accept : schedule::reject("not enough memory");
});
constexpr auto cordoned = schedule::filter<"cordoned">([](worker const&, host const& h) {
    return h.cordoned ? schedule::accept : schedule::reject("in service");
});
constexpr auto policy = schedule::profile{
    .filter = enough_cpu and enough_memory and not cordoned,
    .score =
        2 * schedule::score<"roomy cpu">([](worker const& w, host const& h) { return h.cpu - w.cpu; }) +
        schedule::score<"roomy memory">([](worker const& w, host const& h) { return h.memory - w.memory; }),
    .reserve = [](worker const& w, host& h) { h.cpu -= w.cpu, h.memory -= w.memory; },
    .release = [](worker const& w, host& h) { h.cpu += w.cpu, h.memory += w.memory; },
};

auto make_hosts(std::int64_t count) -> std::vector<host> {
    auto draw = berth::random_engine(42);
    auto out = std::vector<host>{};
    for (std::int64_t i = 0; i < count; ++i)
        out.push_back({.cpu = static_cast<std::int64_t>(32 + draw.below(64)),
                       .memory = static_cast<std::int64_t>(128 + draw.below(256)),
                       .rack = static_cast<std::uint32_t>(i / 40),
                       .cordoned = draw.below(50) == 0});
    return out;
}
auto gang_of(std::int64_t members) -> std::vector<worker> {
    return std::vector<worker>(static_cast<std::size_t>(members), worker{.cpu = 8, .memory = 32});
}
auto count_decisions(benchmark::State& state, std::int64_t each) -> void {
    state.counters["decisions"] =
        benchmark::Counter(static_cast<double>(state.iterations() * each), benchmark::Counter::kIsRate);
}

auto one_by_one(benchmark::State& state) -> void {
    auto hosts = make_hosts(state.range(1));
    auto const gang = gang_of(state.range(0));
    auto work = schedule::workspace{};
    auto taken = std::vector<std::size_t>{};
    for (auto _ : state) {
        taken.clear();
        for (auto const& w : gang) {
            taken.push_back(schedule::place(w, hosts, policy, work)->node);
            policy.reserve(w, hosts[taken.back()]);
        }
        for (auto i = gang.size(); i-- > 0;) policy.release(gang[i], hosts[taken[i]]);
    }
    count_decisions(state, state.range(0));
}

template <class Terms> auto as_a_gang(benchmark::State& state, Terms const& terms) -> void {
    auto hosts = make_hosts(state.range(1));
    auto const gang = gang_of(state.range(0));
    auto work = schedule::workspace{};
    for (auto _ : state) {
        auto const placed = schedule::place_gang(gang, hosts, policy, terms, work);
        if (!placed) {
            state.SkipWithError(placed.error().text().c_str());
            return;
        }
        schedule::release_gang(gang, hosts, policy, *placed);
    }
    count_decisions(state, state.range(0));
}
auto gang_anywhere(benchmark::State& state) -> void { as_a_gang(state, schedule::gang_terms<>{}); }
auto gang_in_a_rack(benchmark::State& state) -> void {
    as_a_gang(state, schedule::gang_terms{.together = schedule::gathering::required,
                                          .domain_of = &host::rack,
                                          .room_on = [](worker const& w, host const& h) {
                                              auto const by_cpu = h.cpu / w.cpu;
                                              auto const by_memory = h.memory / w.memory;
                                              return by_cpu < by_memory ? by_cpu : by_memory;
                                          }});
}

auto gang_refused(benchmark::State& state) -> void {
    auto hosts = make_hosts(state.range(1));
    auto gang = gang_of(state.range(0));
    gang.back().cpu = 1'000; // nowhere
    auto work = schedule::workspace{};
    for (auto _ : state) {
        auto const placed = schedule::place_gang(gang, hosts, policy, schedule::gang_terms<>{}, work);
        if (placed) {
            state.SkipWithError("the gang has a place");
            return;
        }
        benchmark::DoNotOptimize(placed.error().member);
    }
    count_decisions(state, state.range(0));
}

constexpr auto sizes = [](auto* bench) {
    for (auto const nodes : {1'000, 5'000})
        for (auto const members : {8, 64, 256}) bench->Args({members, nodes});
    bench->Unit(benchmark::kMicrosecond);
};
BENCHMARK(one_by_one)->Apply(sizes);
BENCHMARK(gang_anywhere)->Apply(sizes);
BENCHMARK(gang_in_a_rack)->Apply(sizes);
BENCHMARK(gang_refused)->Apply(sizes);
BENCHMARK(gang_anywhere)->Args({1'000, 5'000})->Unit(benchmark::kMicrosecond);

} // namespace
