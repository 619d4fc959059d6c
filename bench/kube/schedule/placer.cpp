/// \file
/// How fast does kube-scheduler's default profile decide when it remembers? The workloads are those of
/// kubernetes' `scheduler_perf` (nodes of 4 processors, 32 GiB and 110 pods; pods of 100m and 500Mi), on a
/// snapshot, in one thread, all nodes scored. A decision is timed from the question to the pod's entry into
/// the books, or to the refusal with its reasons: `placer/SHAPE/NODES`. Where others leave for a pod, they do
/// so at once, and it is decided for again within that time. Beside it the same decision without memory
/// (`place/SHAPE/NODES`), and the limit: one pass over as many numbers as a decision must compare that
/// remembers nothing of its nodes
/// (`limit/NODES`: free processors and memory, pods, and points of each node).
///
/// Where the time goes (5,000 nodes, plain pods, -O2): a look at the one node that has changed, which asks 13
/// filters and 4 scores, is about two thirds; finding the class of the pod and entering the pod the rest; the
/// tournament is a twentieth. Of a preemption four tenths are two looks at the room on the node that has
/// changed last and on the one that is chosen (a copy of the node, and some questions to the filter, half of
/// which copy what its leaves have prepared); the rest brings the board up to date, once for the refusal and
/// once when the victims have gone, with one pass over a flag of each node. Where nodes rise and fall
/// together, as zones do in spreading and hosts in company, nobody passes over them: there is a tournament
/// for each group of nodes, and only what the groups are worth is found anew.

#include <berth/bench/pod_workload.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/nominations.hpp>
#include <berth/kube/schedule/profile.hpp>
#include <berth/schedule/detail/make_room.hpp>
#include <berth/schedule/placer.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace berth;
using kube::pod_handle;
using shape = bench::pod_shape;

/// A node's books change by pods that come and go; a placer, if there is one, hears of it.
class cluster {
public:
    using placer =
        schedule::placer<kube::pod_info, kube::node_info,
                         std::remove_cvref_t<decltype(kube::default_profile)>, kube::facets::pod_books>;

    cluster(shape const& s, std::int64_t nodes) {
        if (s.furnish != nullptr) s.furnish(catalogue_);
        for (std::int64_t i = 0; i < nodes; ++i)
            nodes_.emplace_back(bench::as_stored(bench::make_node(i, {.foos = 100, .zones = s.zones})));
        auto const first = static_cast<std::int64_t>(static_cast<double>(nodes) * s.first);
        for (std::int64_t i = 0; i < first; ++i) {
            auto const p = handle(s.there(i));
            auto const where = placer_.place(*p, nodes_);
            if (where) enter(p, where->node);
        }
        first_ = first;
        for (std::int64_t i = 0; i < s.round; ++i) coming_.push_back(handle(s.comes(first + i)));
        filler_ = handle(bench::make_pod(-1));
        for (std::int64_t i = 0; i < s.promised && i < nodes; ++i) {
            promised_to_.push_back(static_cast<std::size_t>(i * 7 % nodes));
            promises_.put(handle(bench::important(-2 - i, 10, 500)), nodes_[promised_to_.back()].name());
        }
    }

    /// Who is expected, as an outlook.
    static constexpr bool looks_ahead = true;
    auto expected(kube::pod_info const& p, std::size_t, kube::node_info const& n) const
        -> std::optional<kube::node_info> {
        return promises_.expected(p, n);
    }
    auto promised(kube::pod_info const&) const -> std::optional<std::size_t> { return std::nullopt; }
    template <class Visit> auto for_each_expecting(Visit visit) const -> void {
        for (auto const i : promised_to_) visit(i);
    }

    [[nodiscard]] auto nodes() const -> std::span<kube::node_info const> { return nodes_; }
    [[nodiscard]] auto next() -> pod_handle const& { return coming_[at_++ % coming_.size()]; }
    [[nodiscard]] auto filler() const -> pod_handle const& { return filler_; }
    [[nodiscard]] auto memory() -> placer& { return placer_; }

    auto enter(pod_handle p, std::size_t i) -> void {
        put(p, i);
        placed_.emplace_back(std::move(p), i);
    }
    /// Somebody leaves until the round is over.
    auto evict(pod_handle p, std::size_t i) -> void {
        take_off(*p, i);
        away_.emplace_back(std::move(p), i);
    }
    /// Those of this round leave, when it is over, and those who left for them come back.
    auto end_round(std::int64_t first) -> void {
        while (std::ssize(placed_) > first) {
            auto const [p, i] = std::move(placed_.back());
            placed_.pop_back();
            take_off(*p, i);
        }
        for (auto const& [p, i] : away_) put(p, i);
        away_.clear();
    }
    [[nodiscard]] auto first() const -> std::int64_t { return std::ssize(placed_); }

private:
    auto put(pod_handle const& p, std::size_t i) -> void {
        nodes_[i].add(p);
        placer_.entered(*p, i, nodes_);
    }
    auto take_off(kube::pod_info const& p, std::size_t i) -> void {
        nodes_[i].remove(p);
        placer_.left(p, i, nodes_);
    }
    auto handle(kube::pod p) const -> pod_handle {
        return std::make_shared<kube::pod_info const>(bench::as_stored(std::move(p)), catalogue_);
    }

    kube::catalogue catalogue_;
    std::vector<kube::node_info> nodes_;
    placer placer_{kube::default_profile};
    kube::nominations promises_;
    std::vector<std::size_t> promised_to_;
    std::vector<std::pair<pod_handle, std::size_t>> placed_;
    std::vector<std::pair<pod_handle, std::size_t>> away_;
    std::vector<pod_handle> coming_;
    pod_handle filler_;
    std::size_t at_ = 0;
    std::int64_t first_ = 0;
};

using clock_type = std::chrono::steady_clock;

auto percentile(std::vector<double>& all, double share) -> double {
    if (all.empty()) return 0;
    auto const at = all.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(all.size() - 1));
    std::nth_element(all.begin(), at, all.end());
    return *at;
}

using decision = schedule::detail::decision<pod_handle>;

/// A decision and what follows from it: those who leave do so at once, and the pod is decided for again.
template <class Decide>
auto settle(cluster& c, pod_handle const& p, Decide const& decide) -> decision {
    auto out = decide(*p);
    if (!out.where && out.room) {
        for (auto& v : out.room->victims) c.evict(std::move(v), out.room->node);
        out.where = decide(*p).where;
    }
    if (out.where) c.enter(p, out.where->node);
    return out;
}
/// Times `decide(pod) -> decision` and the entry into the books, pod by pod.
template <class Decide> auto run(benchmark::State& state, shape const& s, cluster& c, Decide decide) -> void {
    auto times = std::vector<double>();
    times.reserve(1U << 20U);
    auto const first = c.first();
    for (auto _ : state) {
        if (c.first() - first >= s.round) c.end_round(first);
        if (s.hopeless) c.enter(c.filler(), c.memory().place(*c.filler(), c.nodes())->node);
        auto const p = c.next();
        auto const begin = clock_type::now();
        auto const became = settle(c, p, decide);
        auto const took = std::chrono::duration<double>(clock_type::now() - begin).count();
        if (became.where.has_value() == s.hopeless || became.room.has_value() != s.evicts)
            state.SkipWithError("a pod was placed, or not, against expectation");
        state.SetIterationTime(took);
        if (times.size() < times.capacity()) times.push_back(took);
    }
    state.SetItemsProcessed(state.iterations());
    state.counters["p50_us"] = percentile(times, 0.50) * 1e6;
    state.counters["p99_us"] = percentile(times, 0.99) * 1e6;
    state.counters["placer_B/node"] =
        static_cast<double>(c.memory().bytes()) / static_cast<double>(c.nodes().size());
    state.counters["classes"] = static_cast<double>(c.memory().classes());
}

auto with_memory(benchmark::State& state, shape const& s) -> void {
    auto c = cluster(s, state.range(0));
    run(state, s, c, [&](kube::pod_info const& p) {
        return s.promised > 0 ? c.memory().decide(p, c.nodes(), c) : c.memory().decide(p, c.nodes());
    });
    state.SetComplexityN(state.range(0));
}
auto without(benchmark::State& state, shape const& s) -> void {
    auto c = cluster(s, state.range(0));
    auto work = schedule::workspace();
    auto record = schedule::detail::no_record{};
    using universe = schedule::detail::universe_of<std::remove_cvref_t<decltype(kube::default_profile)>>;
    auto const decide = [&](kube::pod_info const& p, auto const& outlook) {
        return schedule::detail::decide_with_room<universe>(p, c.nodes(), kube::default_profile, work, record,
                                                            outlook);
    };
    run(state, s, c, [&](kube::pod_info const& p) {
        return s.promised > 0 ? decide(p, c) : decide(p, schedule::as_they_are{});
    });
}

/// One pass over four numbers for each node.
auto limit(benchmark::State& state) -> void {
    auto const n = static_cast<std::size_t>(state.range(0));
    auto const cpu = std::vector<std::int64_t>(n, 4000);
    auto const memory = std::vector<std::int64_t>(n, 32);
    auto const pods = std::vector<std::int64_t>(n, 100);
    auto points = std::vector<std::int64_t>(n);
    for (std::size_t i = 0; i < n; ++i) points[i] = static_cast<std::int64_t>(i * 7919 % 1000);
    for (auto _ : state) {
        auto best = std::int64_t{-1};
        for (std::size_t i = 0; i < n; ++i) {
            // All three are looked at, so that there is no branch.
            auto const fits = int{cpu[i] >= 100} & int{memory[i] >= 1} & int{pods[i] >= 1};
            auto const mine = fits != 0 ? points[i] : -1;
            best = mine > best ? mine : best;
        }
        benchmark::DoNotOptimize(best);
    }
    state.SetItemsProcessed(state.iterations());
}

[[maybe_unused]] auto const registered = [] {
    for (auto const& s : bench::scheduler_perf()) {
        auto* const b = benchmark::RegisterBenchmark(
            ("placer/" + s.name).c_str(), [&s](benchmark::State& state) { with_memory(state, s); });
        b->UseManualTime()->Arg(1000)->Arg(5000)->Arg(15'000);
        if (s.name == "SchedulingBasic") b->Arg(100'000)->Arg(1'000'000)->Complexity();
        benchmark::RegisterBenchmark(("place/" + s.name).c_str(),
                                     [&s](benchmark::State& state) { without(state, s); })
            ->UseManualTime()
            ->Arg(1000)
            ->Arg(5000);
    }
    benchmark::RegisterBenchmark("limit", limit)->Arg(1000)->Arg(5000)->Arg(15'000)->Arg(1'000'000);
    return true;
}();

} // namespace
