/// \file
/// How many pods a second go the whole way: asked for through the API, decided for one by one over all of
/// 5,000 nodes, bound through the API, and seen to be bound by a watch. In one process, over a store in
/// memory, on the disk (LMDB, every acknowledged write is on it) and in an etcd of our own; and over HTTP,
/// where all three are clients of a front with a store in memory. Beside each the limit: the same number of
/// writes of the same objects, two for each pod, in batches of the same size, with nobody deciding or
/// watching.
///
/// Where the time goes. On etcd (3.4, over gRPC) this process takes 35 us of processor time per pod for the
/// writes, and 75 for the whole path; the rest is etcd's and its disk's. When etcd also told what was there
/// before each change, the whole path took 100, and half as long again on the clock. On
/// LMDB (perf): a quarter is malloc and free, a seventh copies and destroys objects, a tenth encodes them, a
/// sixth is in the kernel; LMDB itself is a hundredth.

#include "../../../tests/store/etcd/server.hpp"

#include <berth/api/any_client.hpp>
#include <berth/api/http/remote.hpp>
#include <berth/api/http/server.hpp>
#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/api/value_codec.hpp>
#include <berth/bench/disk_folder.hpp>
#include <berth/bench/pods.hpp>
#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/schedule/scheduler.hpp>
#include <berth/store/etcd.hpp>
#include <berth/store/lmdb.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace berth;

constexpr auto start = time_point::from_unix_seconds(1'767'225'600);

auto make_node(std::int64_t i) -> kube::node { return bench::make_node(i, {.cpu = 64, .memory_gib = 256}); }
auto make_pod(std::int64_t i) -> kube::pod {
    return bench::make_pod(i, {.memory_mib = 128, .namespace_ = "default"});
}
auto bind(kube::pod& p, void const* body, api::action_context const&) -> result<object::any_object> {
    p.spec.node_name = static_cast<kube::binding const*>(body)->target.name;
    return object::any_object();
}

auto make_kinds() -> api::registry {
    auto out = api::registry();
    auto pods = api::kind_of<kube::pod>{};
    pods.subresources = {api::action_of<kube::pod>{"binding", &object::type_of<kube::binding>(), &bind}};
    out.add(std::move(pods));
    out.add(api::kind_of<kube::node>{});
    kube::catalogue().each([&]<class T>(kube::shelf<T>&) { out.add(api::kind_of<T>{}); });
    return out;
}

constexpr std::int64_t nodes = 5'000;
constexpr std::int64_t round = 2'000; // pods until they leave again
constexpr std::int64_t at_once = 256;

/// An API over a store, and its kinds.
template <class Store> struct desk {
    template <class Open> explicit desk(Open open) : store(open(kinds)) {}

    auto expect_all(std::vector<result<api::written>> const& answers) -> bool {
        for (auto const& a : answers)
            if (!a) return false;
        return true;
    }
    auto create(std::int64_t from, std::int64_t to) -> bool {
        auto batch = std::vector<api::write>();
        for (auto i = from; i < to; ++i)
            batch.emplace_back(api::create_request{.object = object::any_object(make_pod(i))});
        return expect_all(client.commit(batch));
    }
    auto bind(std::int64_t from, std::int64_t to) -> bool {
        auto batch = std::vector<api::write>();
        for (auto i = from; i < to; ++i) {
            auto b = kube::binding();
            b.target.name = "node-0";
            b.metadata.namespace_ = "default";
            b.metadata.name = "pod-" + std::to_string(i);
            batch.emplace_back(api::act_request{
                &kube::pod::resource, {"default", b.metadata.name}, "binding", object::any_object(b)});
        }
        return expect_all(client.commit(batch));
    }
    auto remove(std::int64_t from, std::int64_t to) -> bool {
        auto batch = std::vector<api::write>();
        for (auto i = from; i < to; ++i)
            batch.emplace_back(
                api::remove_request{&kube::pod::resource, {"default", "pod-" + std::to_string(i)}});
        return expect_all(client.commit(batch));
    }

    api::shared_registry kinds = api::shared_registry(make_kinds());
    Store store;
    api::server server{store, kinds, {[] { return start; }, 1, {}}};
    api::any_client client{server};
};

/// The same behind a front, seen from outside.
struct far_desk : desk<api::memory_store> {
    far_desk() : desk([](api::shared_registry const&) { return api::memory_store(); }) {
        if (!front.open()) std::abort();
        thread = std::jthread([this](std::stop_token stop) { front.run(std::move(stop)); });
        client = api::any_client(api::http::remote::connect(kinds, {.url = front.url()}).value());
    }

    ~far_desk() { client = api::any_client(server); }
    far_desk(far_desk const&) = delete;
    auto operator=(far_desk const&) -> far_desk& = delete;

    api::http::server front{server};
    std::jthread thread{};
};

auto in_memory(benchmark::State&) {
    return std::make_unique<desk<api::memory_store>>(
        [](api::shared_registry const&) { return api::memory_store(); });
}
auto on_disk(benchmark::State&) {
    using disk = store::basic_lmdb<object::any_object, api::object_codec>;
    static auto const home = bench::disk_folder();
    static auto count = 0;
    return std::make_unique<desk<disk>>([](api::shared_registry const& kinds) {
        return disk::open(home.path() + "/" + std::to_string(count++), {}, api::object_codec(kinds)).value();
    });
}
auto in_etcd(benchmark::State&) {
    using remote = store::basic_etcd<object::any_object, api::object_codec>;
    static auto const home = bench::disk_folder();
    static auto count = 0;
    static auto running = std::unique_ptr<store::testing::etcd_server>();
    running = std::make_unique<store::testing::etcd_server>(
        store::testing::etcd_setup{.heartbeat_ms = 100,
                                   .election_ms = 1'000,
                                   .arguments = {"--data-dir", home.path() + "/" + std::to_string(count++)}});
    return std::make_unique<desk<remote>>([](api::shared_registry const& kinds) {
        auto options = store::etcd_options();
        options.endpoints = {running->url()};
        options.batching = store::etcd_batching::merged;
        return remote::connect(std::move(options), api::object_codec(kinds)).value();
    });
}

auto over_http(benchmark::State&) { return std::make_unique<far_desk>(); }

/// All pods of a round, from the request to the watch that sees them bound.
template <class Open> auto whole_path(benchmark::State& state, Open open) -> void {
    auto const d = open(state);
    for (std::int64_t i = 0; i < nodes; ++i) {
        auto const made = api::create(d->server, make_node(i)).value();
        (void)api::update(d->server, make_node(i), made.revision_of(), "status");
    }
    auto scheduler = kube::scheduler(d->client);
    while (scheduler.step(start).kind == wake::when::again) {}
    auto made = std::int64_t{0};
    for (auto _ : state) {
        state.PauseTiming();
        auto watch = d->client.watch(kube::pod::resource, {}).value();
        while (watch.next().value()) {}
        state.ResumeTiming();
        for (auto i = made; i < made + round; i += at_once)
            if (!d->create(i, std::min(made + round, i + at_once))) state.SkipWithError("a pod was refused");
        for (auto seen = std::int64_t{0}; seen < round;) {
            (void)scheduler.step(start);
            for (auto event = watch.next(); event && *event; event = watch.next())
                if (!(*event)->object.object.template as<kube::pod>().spec.node_name.empty()) ++seen;
        }
        state.PauseTiming();
        (void)d->remove(made, made + round);
        made += round;
        while (scheduler.step(start).kind == wake::when::again) {}
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * round);
}
/// The writes alone.
template <class Open> auto writes(benchmark::State& state, Open open) -> void {
    auto const d = open(state);
    (void)api::create(d->server, make_node(0));
    auto made = std::int64_t{0};
    for (auto _ : state) {
        for (auto i = made; i < made + round; i += at_once) {
            auto const end = std::min(made + round, i + at_once);
            if (!d->create(i, end) || !d->bind(i, end)) state.SkipWithError("a write was refused");
        }
        state.PauseTiming();
        (void)d->remove(made, made + round);
        made += round;
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * round);
}

BENCHMARK_CAPTURE(whole_path, memory, in_memory)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(writes, memory, in_memory)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(whole_path, lmdb, on_disk)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(writes, lmdb, on_disk)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(whole_path, http, over_http)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(writes, http, over_http)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(whole_path, etcd, in_etcd)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(2);
BENCHMARK_CAPTURE(writes, etcd, in_etcd)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(2);

} // namespace
