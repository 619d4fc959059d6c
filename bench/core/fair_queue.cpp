/// \file
/// What does fairness cost? A push, a pop, a charge and a refund of `fair_queue` with 1,024 items in n queues
/// of two resources, one level and two levels deep, beside a push and a pop of `std::priority_queue` of as
/// many items: a queue with one order that nothing changes, the limit of what a queue by order can do.

#include <berth/core/fair_queue.hpp>
#include <berth/core/random.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <queue>
#include <vector>

namespace {

constexpr auto items = 1'024;
using fair = berth::fair_queue<std::uint64_t, 2>;

struct job {
    std::uint64_t priority;
    std::uint64_t sequence;

    auto operator<(job const& other) const -> bool {
        return priority != other.priority ? priority < other.priority : sequence > other.sequence;
    }
};

auto count_operations(benchmark::State& state) -> void {
    state.counters["served"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

auto priority_queue(benchmark::State& state) -> void {
    auto draw = berth::random_engine(1);
    auto q = std::priority_queue<job>();
    auto sequence = std::uint64_t{0};
    for (auto n = 0; n < items; ++n) q.push({draw.below(100), ++sequence});
    for (auto _ : state) {
        benchmark::DoNotOptimize(q.top().sequence);
        q.pop();
        q.push({draw.below(100), ++sequence});
    }
    count_operations(state);
}

/// So many leaves, all below the root or in departments of 32.
auto open_leaves(fair& q, std::int64_t count, bool deep) -> std::vector<berth::queue_id> {
    auto leaves = std::vector<berth::queue_id>{};
    auto above = fair::root;
    for (std::int64_t n = 0; n < count; ++n) {
        if (deep && n % 32 == 0) above = q.open(fair::root, {.weight = static_cast<double>(1 + n % 3)});
        leaves.push_back(q.open(above, {.weight = static_cast<double>(1 + n % 4), .guaranteed = {10, 10}}));
    }
    return leaves;
}

/// One comes, one is served, and what was served the longest ago ends.
auto serve(benchmark::State& state, bool deep) -> void {
    auto draw = berth::random_engine(1);
    auto q = fair({100'000, 100'000});
    auto const leaves = open_leaves(q, state.range(0), deep);
    auto const push = [&] {
        auto const demand = fair::amounts{static_cast<std::int64_t>(1 + draw.below(8)),
                                          static_cast<std::int64_t>(1 + draw.below(8))};
        q.push(leaves[draw.below(leaves.size())], draw(), demand);
    };
    for (auto n = 0; n < items; ++n) push();
    auto running = std::queue<fair::popped>();
    for (auto _ : state) {
        push();
        auto taken = q.pop();
        q.charge(taken->queue, taken->demand);
        running.push(*std::move(taken));
        if (running.size() > 4'096) {
            q.refund(running.front().queue, running.front().demand);
            running.pop();
        }
    }
    count_operations(state);
}
auto flat_queues(benchmark::State& state) -> void { serve(state, false); }
auto deep_queues(benchmark::State& state) -> void { serve(state, true); }

/// Nothing of what stands in front fits: one resource is all used by one queue's jobs, and the first that
/// fits is the last.
auto all_but_one_too_large(benchmark::State& state) -> void {
    auto q = fair({100, 100});
    auto const leaves = open_leaves(q, state.range(0), false);
    for (auto n = 0; n < items; ++n)
        q.push(leaves[static_cast<std::size_t>(n) % leaves.size()], 0, {1'000, 1});
    for (auto _ : state) {
        q.push(leaves.back(), 1, {1, 1});
        auto const taken = q.pop();
        benchmark::DoNotOptimize(taken->item);
    }
    count_operations(state);
}

constexpr auto sizes = [](auto* bench) {
    for (auto const queues : {1, 32, 1'024}) bench->Arg(queues);
};
BENCHMARK(priority_queue);
BENCHMARK(flat_queues)->Apply(sizes);
BENCHMARK(deep_queues)->Apply(sizes);
BENCHMARK(all_but_one_too_large)->Apply(sizes);

} // namespace
