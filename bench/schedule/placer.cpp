/// \file
/// Is a placer as fast as a good incremental loop by hand, for types of one's own? 10,000 jobs of 16 kinds
/// ask for 1, 2, 4 or 8 of the gpus of 2,000 hosts; no host runs two of one kind; full hosts are filled
/// first. Both decide for job after job, each with all earlier ones in place, and must agree. The loop keeps,
/// for each of the 64 classes of jobs, a row with the points of all hosts, mends one place in each row when a
/// job comes to a host, and passes over one row for each decision. Beside them: `place`, which remembers
/// nothing. Built at -O3, and at -O2 as `placer at -O2`.
///
/// Where the time goes (-O2): a decision of the placer looks at each host that has changed since the last job
/// of its class, about 60; nearly all is the judging of these, the tournament is a fifth.

#include <berth/bench/arrivals.hpp>
#include <berth/schedule.hpp>
#include <berth/schedule/placer.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace {

namespace schedule = berth::schedule;

constexpr std::size_t host_count = 2'000;
constexpr std::size_t job_count = 10'000;
constexpr std::uint32_t kinds = 16;

struct job {
    std::int32_t gpus;
    std::uint32_t kind;

    friend auto operator==(job const&, job const&) -> bool = default;
};
struct host {
    std::int32_t gpus_free = 8;
    std::uint32_t kinds_here = 0;
    std::int32_t model = 0;
};

} // namespace

template <> struct std::hash<job> {
    auto operator()(job const& j) const -> std::size_t {
        return j.kind * 16U + static_cast<std::uint32_t>(j.gpus);
    }
};

namespace {

constexpr auto enough =
    schedule::filter<"enough gpus", schedule::reads<&host::gpus_free>>([](job const& j, host const& h) {
        return j.gpus <= h.gpus_free ? schedule::accept : schedule::reject("not enough gpus");
    });
constexpr auto apart =
    schedule::filter<"apart", schedule::reads<&host::kinds_here>>([](job const& j, host const& h) {
        return (h.kinds_here >> j.kind & 1U) == 0 ? schedule::accept
                                                  : schedule::reject("one of the kind is here");
    });
constexpr auto packed = schedule::score<"packed", schedule::reads<&host::gpus_free>>(
    [](job const& j, host const& h) { return 8 - (h.gpus_free - j.gpus); });
constexpr auto modest = schedule::score<"modest", schedule::reads<&host::model>>(
    [](job const&, host const& h) { return 3 - h.model; });
constexpr auto policy = schedule::profile{
    .name = "gpus",
    .filter = enough and apart,
    .score = 10 * packed + modest,
    .reserve =
        [](job const& j, host& h) {
            h.gpus_free -= j.gpus;
            h.kinds_here |= 1U << j.kind;
        },
};
using books = schedule::reads<&host::gpus_free, &host::kinds_here>;

auto hosts() -> std::vector<host> {
    auto out = std::vector<host>(host_count);
    for (std::size_t i = 0; i < out.size(); ++i) out[i].model = static_cast<std::int32_t>(i * 7 % 4);
    return out;
}
/// Jobs of which not all find a place.
auto jobs() -> std::vector<job> {
    return berth::bench::draw_many(job_count, 11, [](berth::random_engine& draw, std::size_t) -> job {
        return {1 << draw.below(3), static_cast<std::uint32_t>(draw.below(kinds))};
    });
}

auto by_placer(std::vector<job> const& all) -> std::uint64_t {
    auto fleet = hosts();
    auto placer = schedule::placer_of<job, host, books>(policy);
    auto sum = std::uint64_t{0};
    for (auto const& j : all) {
        auto const where = placer.place(j, fleet);
        if (!where) continue;
        policy.reserve(j, fleet[where->node]);
        placer.entered(j, where->node, fleet);
        sum = sum * 31 + where->node;
    }
    return sum;
}
auto by_place(std::vector<job> const& all) -> std::uint64_t {
    auto fleet = hosts();
    auto work = schedule::workspace();
    auto sum = std::uint64_t{0};
    for (auto const& j : all) {
        auto const where = schedule::place(j, fleet, policy, work);
        if (!where) continue;
        policy.reserve(j, fleet[where->node]);
        sum = sum * 31 + where->node;
    }
    return sum;
}

/// The loop by hand.
class by_hand {
public:
    by_hand() : hosts_(hosts()) {
        for (std::uint32_t k = 0; k < kinds; ++k)
            for (std::size_t s = 0; s < sizes; ++s) {
                auto& row = rows_[k * sizes + s];
                row.resize(host_count);
                for (std::size_t i = 0; i < host_count; ++i) row[i] = points({1 << s, k}, hosts_[i]);
            }
    }
    auto run(std::vector<job> const& all) -> std::uint64_t {
        auto sum = std::uint64_t{0};
        for (auto const& j : all) {
            auto const& row = rows_[j.kind * sizes + size_of(j)];
            auto best = std::int32_t{-1};
            auto where = std::size_t{0};
            for (std::size_t i = 0; i < host_count; ++i)
                if (row[i] > best) {
                    best = row[i];
                    where = i;
                }
            if (best < 0) continue;
            hosts_[where].gpus_free -= j.gpus;
            hosts_[where].kinds_here |= 1U << j.kind;
            for (std::uint32_t k = 0; k < kinds; ++k)
                for (std::size_t s = 0; s < sizes; ++s)
                    rows_[k * sizes + s][where] = points({1 << s, k}, hosts_[where]);
            sum = sum * 31 + where;
        }
        return sum;
    }

private:
    static constexpr std::size_t sizes = 4;
    static auto size_of(job const& j) -> std::size_t {
        return j.gpus == 1 ? 0 : j.gpus == 2 ? 1 : j.gpus == 4 ? 2 : 3;
    }
    static auto points(job j, host const& h) -> std::int32_t {
        if (j.gpus > h.gpus_free || (h.kinds_here >> j.kind & 1U) != 0) return -1;
        return 10 * (8 - (h.gpus_free - j.gpus)) + 3 - h.model;
    }

    std::vector<host> hosts_;
    std::array<std::vector<std::int32_t>, kinds * sizes> rows_;
};

auto const all_jobs = jobs();
auto const agreed = by_hand().run(all_jobs);

template <class Run> auto measure(benchmark::State& state, Run run) -> void {
    for (auto _ : state)
        if (run() != agreed) state.SkipWithError("the decisions differ");
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(job_count));
}
auto gpus_placer(benchmark::State& state) -> void {
    measure(state, [] { return by_placer(all_jobs); });
}
auto gpus_by_hand(benchmark::State& state) -> void {
    measure(state, [] { return by_hand().run(all_jobs); });
}
auto gpus_place(benchmark::State& state) -> void {
    measure(state, [] { return by_place(all_jobs); });
}
BENCHMARK(gpus_placer)->Unit(benchmark::kMillisecond);
BENCHMARK(gpus_by_hand)->Unit(benchmark::kMillisecond);
BENCHMARK(gpus_place)->Unit(benchmark::kMillisecond);

} // namespace
