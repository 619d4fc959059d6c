/// \file
/// What does a store keep of versions that were superseded, and what does that cost a write? Leases of nodes
/// are renewed, and pods go the way from their creation until they run; the store keeps the newest 100,000
/// revisions of leases. The rival keeps every version whole, which is what the store does where it is told
/// that all changes are new. The aims: a fourth of the rival's bytes for a lease, and writes that cost no
/// more. To read the past costs more: a list of 500 leases as they were 4 and 14 renewals ago.

#include <berth/api/memory_store.hpp>
#include <berth/bench/heap.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/any_object.hpp>
#include <berth/store/operations.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace berth;

namespace {

using object::any_object;
using object_store = api::memory_store;

constexpr auto retained = store::revision_number{100'000};
constexpr auto begin = std::int64_t{1'767'225'600};

auto store_that(bool keeps_whole) -> object_store {
    return object_store{{.whole_changes = keeps_whole ? ~std::size_t{0} : std::size_t{1'024}}};
}
auto at(std::int64_t n) -> time_point { return time_point::from_unix_seconds(begin + n); }

auto lease_of(std::string const& node) -> any_object {
    auto l = kube::lease{};
    l.metadata.name = node;
    l.metadata.namespace_ = "kube-node-lease";
    l.metadata.uid = "0d5f3c1e-8a44-4c3b-9f0e-6f0a4de0b8a1";
    l.metadata.creation_timestamp = object::timestamp(at(0));
    auto& owner = l.metadata.owner_references.emplace_back();
    owner.api_version = "v1";
    owner.kind = "Node";
    owner.name = node;
    owner.uid = "7b1f6e0a-54f1-4a6e-b6ad-0d4e1a0a5f10";
    l.spec.holder_identity = node;
    l.spec.lease_duration_seconds = 40;
    return any_object(std::move(l));
}
auto renewed(any_object const& from, std::int64_t n) -> any_object {
    auto d = object::draft(from);
    d.as<kube::lease>().spec.renew_time = object::micro_timestamp(at(n));
    return std::move(d).finish();
}

auto pod_of(std::string name) -> any_object {
    auto p = kube::pod{};
    p.metadata.name = std::move(name);
    p.metadata.namespace_ = "shop";
    p.metadata.uid = "0d5f3c1e-8a44-4c3b-9f0e-6f0a4de0b8a1";
    p.metadata.creation_timestamp = object::timestamp(at(0));
    p.metadata.labels = {{"app", "checkout"}, {"pod-template-hash", "5d8f9c7b6"}};
    auto& c = p.spec.containers.emplace_back();
    c.name = "checkout";
    c.image = "registry.example.com/shop/checkout:1.24.7";
    c.resources.requests["cpu"] = object::quantity::parse("250m").value();
    p.status.phase = "Pending";
    return any_object(std::move(p));
}
/// The second and the third version of a pod: bound, and ready.
auto next_of(any_object const& from, bool bound) -> any_object {
    auto d = object::draft(from);
    auto& p = d.as<kube::pod>();
    auto const add = [&](char const* type) {
        auto& c = p.status.conditions.emplace_back();
        c.type = type;
        c.status = "True";
        c.last_transition_time = object::timestamp(at(1));
    };
    if (bound) {
        p.spec.node_name = "worker-117";
        add("PodScheduled");
    } else {
        p.status.phase = "Running";
        p.status.pod_ip = "10.1.2.3";
        for (auto const* const type : {"Initialized", "ContainersReady", "Ready"}) add(type);
    }
    return std::move(d).finish();
}

auto account(benchmark::State& state, double heap_before, std::int64_t superseded) -> void {
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
    state.counters["bytes_a_version"] = (bench::heap_bytes() - heap_before) / static_cast<double>(superseded);
}

/// 5,000 leases are renewed in turn.
auto renew(benchmark::State& state, bool keeps_whole) -> void {
    constexpr auto nodes = std::size_t{5'000};
    auto s = store_that(keeps_whole);
    auto keys = std::vector<std::string>{};
    auto leases = std::vector<any_object>{};
    for (std::size_t i = 0; i < nodes; ++i) {
        keys.push_back("/registry/leases/kube-node-lease/worker-" + std::to_string(i));
        leases.push_back(lease_of(keys.back()));
        static_cast<void>(store::put(s, keys.back(), leases.back()));
    }
    auto const before = bench::heap_bytes();
    auto n = std::int64_t{0};
    for (auto _ : state) {
        auto const i = static_cast<std::size_t>(n) % nodes;
        leases[i] = renewed(leases[i], ++n);
        benchmark::DoNotOptimize(store::put(s, {.key = keys[i], .value = leases[i]}));
        if (n % 10'000 == 0 && n > retained) static_cast<void>(s.compact(s.revision() - retained));
    }
    account(state, before, s.revision() - s.compacted() - static_cast<std::int64_t>(nodes));
}

/// Pods are created, bound and reported ready; each of those is a write.
auto run_pods(benchmark::State& state, bool keeps_whole) -> void {
    constexpr auto crowd = std::int64_t{1'000};
    auto s = store_that(keeps_whole);
    auto pods = std::vector<std::pair<std::string, any_object>>{};
    auto const key = [](std::int64_t n) { return "/registry/pods/shop/checkout-" + std::to_string(n); };
    auto const before = bench::heap_bytes();
    auto n = std::int64_t{0};
    for (auto _ : state) {
        auto const step = n / crowd % 3;
        auto const i = static_cast<std::size_t>(n % crowd);
        if (step == 0 && i == 0) pods.clear();
        if (step == 0) pods.emplace_back(key(n), pod_of(key(n)));
        else pods[i].second = next_of(pods[i].second, step == 1);
        benchmark::DoNotOptimize(store::put(s, {.key = pods[i].first, .value = pods[i].second}));
        ++n;
    }
    pods.clear();
    account(state, before, n);
}

/// What a list reads that goes on where an earlier one stopped.
auto read_past(benchmark::State& state, bool keeps_whole) -> void {
    auto s = store_that(keeps_whole);
    auto lease = lease_of("worker");
    for (auto round = std::int64_t{0}; round < 17; ++round) {
        for (auto i = 0; i < 500; ++i) {
            auto const made = renewed(lease, round);
            static_cast<void>(store::put(s, "/registry/leases/" + std::to_string(i), made));
        }
    }
    auto const back = static_cast<store::revision_number>(state.range(0)) * 500;
    auto const request = store::range_request{
        .key = "/registry/", .range_end = store::prefix_end("/registry/"), .revision = s.revision() - back};
    for (auto _ : state) benchmark::DoNotOptimize(s.range(request));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 500);
}

} // namespace

BENCHMARK_CAPTURE(renew, as_differences, false)->Iterations(300'000);
BENCHMARK_CAPTURE(renew, rival_whole, true)->Iterations(300'000);
BENCHMARK_CAPTURE(run_pods, as_differences, false)->Iterations(90'000);
BENCHMARK_CAPTURE(run_pods, rival_whole, true)->Iterations(90'000);
BENCHMARK_CAPTURE(read_past, as_differences, false)->Arg(4)->Arg(14);
BENCHMARK_CAPTURE(read_past, rival_whole, true)->Arg(4)->Arg(14);
