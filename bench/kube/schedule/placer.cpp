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
/// tournament is a twentieth. Shapes that spread or look for company pass once over the totals of all nodes.
/// Of a preemption four tenths are two looks at the room on the node that has changed last and on the one
/// that is chosen (a copy of the node, and some questions to the filter, half of which copy what its leaves
/// have prepared); the rest brings the board up to date, once for the refusal and once when the victims have
/// gone, with one pass over a flag of each node. Of default spreading a quarter is the filling of its column,
/// as much its extremes and normalisation, the rest adding up all totals and the tournament among them.

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

constexpr auto zone = "topology.kubernetes.io/zone";
constexpr auto host = "kubernetes.io/hostname";

template <object::kind_type T> auto stored(T value) -> object::stored<T> {
    return object::stored<T>({object::any_object(std::move(value)), 1});
}

/// A workload: its cluster, what is there at first, and who comes.
struct shape {
    std::string name;
    int zones = 0;                              ///< 0: nodes have no zone
    double first = 1;                           ///< pods that are there at first, for each node
    kube::pod (*there)(std::int64_t) = nullptr; ///< they
    kube::pod (*comes)(std::int64_t) = nullptr; ///< who is placed
    std::int64_t round = 2000;                  ///< so many are placed until they leave again
    bool hopeless = false;     ///< a plain pod comes first, then this one, which finds no place
    bool evicts = false;       ///< others leave for who comes
    std::int64_t promised = 0; ///< so many nodes are promised to others that have not come yet
    void (*furnish)(kube::catalogue&) = nullptr;
};

auto plain(std::int64_t i) -> kube::pod {
    auto p = kube::pod();
    p.metadata.name = "pod-" + std::to_string(i);
    p.metadata.namespace_ = "sched-1";
    p.metadata.uid = p.metadata.name;
    auto& c = p.spec.containers.emplace_back();
    c.name = "pause";
    c.image = "registry.k8s.io/pause:3.9";
    c.resources.requests["cpu"] = object::quantity::of_milli(100);
    c.resources.requests["memory"] = object::quantity::of(std::int64_t{500} << 20U);
    return p;
}
auto important(std::int64_t i, std::int32_t priority, std::int64_t milli) -> kube::pod {
    auto p = plain(i);
    p.spec.priority = priority;
    p.spec.containers[0].resources.requests["cpu"] = object::quantity::of_milli(milli);
    return p;
}
auto colored(std::int64_t i, char const* color) -> kube::pod {
    auto p = plain(i);
    p.metadata.labels["color"] = color;
    return p;
}
auto of_color(char const* color) -> object::label_selector {
    auto s = object::label_selector();
    s.match_labels["color"] = color;
    return s;
}
auto term(char const* color, char const* key) -> kube::pod_affinity_term {
    auto t = kube::pod_affinity_term();
    t.label_selector = of_color(color);
    t.topology_key = key;
    t.namespaces.push_back("sched-1");
    t.namespaces.push_back("sched-0");
    return t;
}
auto of_devops(kube::pod_affinity_term t) -> kube::pod_affinity_term {
    t.namespaces.clear();
    t.namespace_selector.engage().match_labels["team"] = "devops";
    return t;
}
auto preferring(kube::pod_affinity_term t) -> kube::weighted_pod_affinity_term {
    auto w = kube::weighted_pod_affinity_term();
    w.weight = 1;
    w.pod_affinity_term = std::move(t);
    return w;
}
auto apart(std::int64_t i, kube::pod_affinity_term t) -> kube::pod {
    auto p = colored(i, "green");
    p.spec.affinity.engage()
        .pod_anti_affinity.engage()
        .required_during_scheduling_ignored_during_execution.push_back(std::move(t));
    return p;
}
auto together(std::int64_t i, kube::pod_affinity_term t) -> kube::pod {
    auto p = colored(i, "blue");
    p.spec.affinity.engage()
        .pod_affinity.engage()
        .required_during_scheduling_ignored_during_execution.push_back(std::move(t));
    return p;
}
auto rather_together(std::int64_t i, kube::pod_affinity_term t) -> kube::pod {
    auto p = colored(i, "red");
    p.spec.affinity.engage()
        .pod_affinity.engage()
        .preferred_during_scheduling_ignored_during_execution.push_back(preferring(std::move(t)));
    return p;
}
auto rather_apart(std::int64_t i, kube::pod_affinity_term t) -> kube::pod {
    auto p = colored(i, "yellow");
    p.spec.affinity.engage()
        .pod_anti_affinity.engage()
        .preferred_during_scheduling_ignored_during_execution.push_back(preferring(std::move(t)));
    return p;
}
auto spread_over_zones(std::int64_t i, char const* how) -> kube::pod {
    auto p = colored(i, "blue");
    auto& c = p.spec.topology_spread_constraints.emplace_back();
    c.max_skew = 5;
    c.topology_key = zone;
    c.when_unsatisfiable = how;
    c.label_selector = of_color("blue");
    return p;
}
auto devops(kube::pod p) -> kube::pod {
    p.metadata.namespace_ = "devops-" + std::to_string(p.metadata.name.back() % 100);
    return p;
}

/// Pods for themselves.
auto lonely_shapes() -> std::vector<shape> {
    auto out = std::vector<shape>();
    out.push_back({.name = "SchedulingBasic", .there = plain, .comes = plain});
    out.push_back({.name = "SchedulingDaemonset",
                   .there = plain,
                   .comes =
                       [](std::int64_t i) {
                           auto p = plain(i);
                           auto& t = p.spec.affinity.engage()
                                         .node_affinity.engage()
                                         .required_during_scheduling_ignored_during_execution.engage()
                                         .node_selector_terms.emplace_back();
                           auto& r = t.match_fields.emplace_back();
                           r.key = "metadata.name";
                           r.operator_ = "In";
                           r.values.push_back("node-7");
                           return p;
                       },
                   .round = 20});
    out.push_back({.name = "SchedulingNodeAffinity", .zones = 1, .there = plain, .comes = [](std::int64_t i) {
                       auto p = plain(i);
                       auto& t = p.spec.affinity.engage()
                                     .node_affinity.engage()
                                     .required_during_scheduling_ignored_during_execution.engage()
                                     .node_selector_terms.emplace_back();
                       auto& r = t.match_expressions.emplace_back();
                       r.key = zone;
                       r.operator_ = "In";
                       r.values.push_back("zone-0");
                       r.values.push_back("zone-1");
                       return p;
                   }});
    out.push_back({.name = "ExtendedResource", .there = plain, .comes = [](std::int64_t i) {
                       auto p = plain(i);
                       p.spec.containers[0].resources.requests["foo.com/bar"] = object::quantity::of(1);
                       return p;
                   }});
    out.push_back({.name = "Unschedulable",
                   .there = plain,
                   .comes =
                       [](std::int64_t i) {
                           auto p = plain(i);
                           p.spec.containers[0].resources.requests["cpu"] = object::quantity::of(9);
                           return p;
                       },
                   .hopeless = true});
    out.push_back({.name = "SchedulingBasicBesidePromises", .there = plain, .comes = plain, .promised = 100});
    return out;
}
/// Pods for whom others leave: four of them take 3.6 of 4 processors, and three of them leave for one that
/// needs 3.
auto room_shapes() -> std::vector<shape> {
    auto out = std::vector<shape>();
    out.push_back({.name = "PreemptionBasic",
                   .first = 4,
                   .there = [](std::int64_t i) { return important(i, 0, 900); },
                   .comes = [](std::int64_t i) { return important(i, 10, 3000); },
                   .round = 500,
                   .evicts = true});
    out.push_back({.name = "PreemptionHopeless",
                   .first = 4,
                   .there = [](std::int64_t i) { return important(i, 10, 900); },
                   .comes = [](std::int64_t i) { return important(i, 10, 3000); },
                   .round = 500,
                   .hopeless = true});
    return out;
}
/// Pods that look for others, or flee them.
auto company_shapes() -> std::vector<shape> {
    auto out = std::vector<shape>();
    constexpr auto no_more = [](std::int64_t i) { return apart(i, term("green", host)); };
    out.push_back({.name = "SchedulingPodAntiAffinity",
                   .first = 0.2,
                   .there = no_more,
                   .comes = no_more,
                   .round = 400});
    constexpr auto with_blue = [](std::int64_t i) { return together(i, term("blue", zone)); };
    out.push_back({.name = "SchedulingPodAffinity", .zones = 1, .there = with_blue, .comes = with_blue});
    constexpr auto with_red = [](std::int64_t i) { return rather_together(i, term("red", host)); };
    out.push_back({.name = "SchedulingPreferredPodAffinity", .there = with_red, .comes = with_red});
    constexpr auto no_yellow = [](std::int64_t i) { return rather_apart(i, term("yellow", host)); };
    out.push_back({.name = "SchedulingPreferredPodAntiAffinity", .there = no_yellow, .comes = no_yellow});
    out.push_back({.name = "MixedSchedulingBasePod",
                   .zones = 1,
                   .first = 2,
                   .there =
                       [](std::int64_t i) {
                           switch (i % 10) { // anti-affinity on hosts leaves no room for more than one a node
                           case 0: return apart(i, term("green", host));
                           case 1:
                           case 2: return together(i, term("blue", zone));
                           case 3:
                           case 4: return rather_together(i, term("red", host));
                           case 5:
                           case 6: return rather_apart(i, term("yellow", host));
                           default: return plain(i);
                           }
                       },
                   .comes = plain});
    return out;
}
/// Pods that spread.
auto spread_shapes() -> std::vector<shape> {
    auto out = std::vector<shape>();
    constexpr auto spread = [](std::int64_t i) { return spread_over_zones(i, "DoNotSchedule"); };
    out.push_back({.name = "TopologySpreading", .zones = 3, .there = plain, .comes = spread});
    constexpr auto rather_spread = [](std::int64_t i) { return spread_over_zones(i, "ScheduleAnyway"); };
    out.push_back({.name = "PreferredTopologySpreading", .zones = 3, .there = plain, .comes = rather_spread});
    out.push_back({.name = "DefaultTopologySpreading",
                   .zones = 3,
                   .there = plain,
                   .comes = [](std::int64_t i) { return colored(i, "blue"); },
                   .furnish =
                       [](kube::catalogue& c) {
                           auto s = kube::service();
                           s.metadata.namespace_ = "sched-1";
                           s.metadata.name = "blue";
                           s.spec.selector["color"] = "blue";
                           c.services.put(stored(std::move(s)));
                       }});
    return out;
}
/// Pods that look for those of many namespaces, or flee them.
auto team_shapes() -> std::vector<shape> {
    auto out = std::vector<shape>();
    constexpr auto teams = [](kube::catalogue& c) {
        for (auto i = 0; i < 100; ++i) {
            auto n = kube::namespace_();
            n.metadata.name = "devops-" + std::to_string(i);
            n.metadata.labels["team"] = "devops";
            c.namespaces.put(stored(std::move(n)));
        }
    };
    constexpr auto no_more_of_all = [](std::int64_t i) {
        return devops(apart(i, of_devops(term("green", host))));
    };
    out.push_back({.name = "RequiredPodAntiAffinityWithNSSelector",
                   .first = 0.2,
                   .there = no_more_of_all,
                   .comes = no_more_of_all,
                   .round = 400,
                   .furnish = teams});
    constexpr auto with_all = [](std::int64_t i) {
        return devops(together(i, of_devops(term("blue", zone))));
    };
    out.push_back({.name = "RequiredPodAffinityWithNSSelector",
                   .zones = 1,
                   .there = with_all,
                   .comes = with_all,
                   .furnish = teams});
    constexpr auto rather_all = [](std::int64_t i) {
        return devops(rather_together(i, of_devops(term("red", host))));
    };
    out.push_back({.name = "PreferredAffinityWithNSSelector",
                   .there = rather_all,
                   .comes = rather_all,
                   .furnish = teams});
    constexpr auto rather_none = [](std::int64_t i) {
        return devops(rather_apart(i, of_devops(term("yellow", host))));
    };
    out.push_back({.name = "PreferredAntiAffinityWithNSSelector",
                   .there = rather_none,
                   .comes = rather_none,
                   .furnish = teams});
    return out;
}
auto shapes() -> std::vector<shape> {
    auto out = std::vector<shape>();
    for (auto const& some :
         {lonely_shapes(), room_shapes(), company_shapes(), spread_shapes(), team_shapes()})
        out.insert(out.end(), some.begin(), some.end());
    return out;
}

/// A node's books change by pods that come and go; a placer, if there is one, hears of it.
class cluster {
public:
    using placer =
        schedule::placer<kube::pod_info, kube::node_info,
                         std::remove_cvref_t<decltype(kube::default_profile)>, kube::facets::pod_books>;

    cluster(shape const& s, std::int64_t nodes) : shape_(&s) {
        if (s.furnish != nullptr) s.furnish(catalogue_);
        for (std::int64_t i = 0; i < nodes; ++i) nodes_.emplace_back(stored(make_node(i)));
        auto const first = static_cast<std::int64_t>(static_cast<double>(nodes) * s.first);
        for (std::int64_t i = 0; i < first; ++i) {
            auto const p = handle(s.there(i));
            auto const where = placer_.place(*p, nodes_);
            if (where) enter(p, where->node);
        }
        first_ = first;
        for (std::int64_t i = 0; i < s.round; ++i) coming_.push_back(handle(s.comes(first + i)));
        filler_ = handle(plain(-1));
        for (std::int64_t i = 0; i < s.promised && i < nodes; ++i) {
            promised_to_.push_back(static_cast<std::size_t>(i * 7 % nodes));
            promises_.put(handle(important(-2 - i, 10, 500)), nodes_[promised_to_.back()].name());
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
        return std::make_shared<kube::pod_info const>(stored(std::move(p)), catalogue_);
    }
    auto make_node(std::int64_t i) const -> kube::node {
        auto n = kube::node();
        n.metadata.name = "node-" + std::to_string(i);
        n.metadata.labels[host] = n.metadata.name;
        if (shape_->zones > 0) n.metadata.labels[zone] = "zone-" + std::to_string(i % shape_->zones);
        n.status.allocatable["cpu"] = object::quantity::of(4);
        n.status.allocatable["memory"] = object::quantity::of(std::int64_t{32} << 30U);
        n.status.allocatable["pods"] = object::quantity::of(110);
        n.status.allocatable["foo.com/bar"] = object::quantity::of(100);
        return n;
    }

    shape const* shape_;
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
            auto const fits = (cpu[i] >= 100) & (memory[i] >= 1) & (pods[i] >= 1);
            auto const mine = fits ? points[i] : -1;
            best = mine > best ? mine : best;
        }
        benchmark::DoNotOptimize(best);
    }
    state.SetItemsProcessed(state.iterations());
}

auto const all = shapes();

[[maybe_unused]] auto const registered = [] {
    for (auto const& s : all) {
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
