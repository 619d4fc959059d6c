/// \file
/// How fast does a cache fill, and what does it cost per object? client-go 1.36 needs 5.6 s and 6.4 KB of
/// heap for each of 100,000 pods, which it has to decode; here the objects are those of the server in the
/// process, so that the heap of the cache alone is measured. Beside it runs a plain ordered map of names to
/// shared objects.

#include <berth/bench/heap.hpp>
#include <berth/reconcile/cache.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace berth;

struct item {
    static constexpr object::resource_name resource{"bench", "v1", "Item", "items", "item", true};
    object::meta metadata;
    std::string node;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(item, "", (metadata), (node))
};

/// Items in 100 namespaces, on 1,000 nodes, ten to an owner.
auto make_items(std::int64_t count) -> std::vector<object::object_ref> {
    auto out = std::vector<object::object_ref>();
    for (std::int64_t n = 0; n < count; ++n) {
        auto i = item();
        i.metadata.namespace_ = "namespace-" + std::to_string(n % 100);
        i.metadata.name = "item-with-a-usual-name-" + std::to_string(n);
        i.metadata.uid = "c0ffee00-0000-4000-8000-" + std::to_string(n);
        i.metadata.labels = {{"app", "web-" + std::to_string(n / 10)}};
        i.metadata.owner_references.push_back(
            {"v1", "Owner", "o", "owner-" + std::to_string(n / 10), true, {}, {}});
        i.node = "node-" + std::to_string(n % 1000);
        out.push_back({object::any_object(std::move(i)), n + 1});
    }
    return out;
}

/// An API that has these objects, and tells of changes that are put into it.
struct shelf {
    struct watch_type {
        shelf* from;
        std::size_t next_event = 0;
        auto next() -> result<std::optional<api::watch_event>> {
            if (next_event == from->events.size()) return std::nullopt;
            return std::optional(from->events[next_event++]);
        }
        auto on_wake(waker /*w*/) -> void {}
    };
    using object_ref = object::object_ref;
    using name = object::resource_name;

    std::vector<object_ref> objects;
    std::vector<api::watch_event> events;
    wake_signal news;

    auto list(name const&, api::list_options const& o) -> result<api::object_list> {
        auto const from = o.continue_token.empty() ? std::size_t{0} : std::stoul(o.continue_token);
        auto const to = std::min(objects.size(), from + static_cast<std::size_t>(o.limit));
        auto out = api::object_list();
        out.items.assign(objects.begin() + static_cast<std::ptrdiff_t>(from),
                         objects.begin() + static_cast<std::ptrdiff_t>(to));
        out.rev = static_cast<object::revision>(objects.size());
        out.remaining = static_cast<std::int64_t>(objects.size() - to);
        if (to < objects.size()) out.continue_token = std::to_string(to);
        return out;
    }
    auto watch(name const&, api::watch_options const&) -> result<watch_type> { return watch_type{this}; }
    auto get(name const&, object::key const&, api::get_options const&) -> result<object_ref> {
        return none();
    }
    auto create(object::any_object const&, api::create_options const&) -> result<object_ref> {
        return none();
    }
    auto update(object::any_object const&, api::update_options const&) -> result<object_ref> {
        return none();
    }
    auto patch(name const&, object::key const&, api::patch const&, api::patch_options const&)
        -> result<object_ref> {
        return none();
    }
    auto remove(name const&, object::key const&, api::delete_options const&) -> result<api::deletion> {
        return none();
    }
    auto act(name const&, object::key const&, std::string_view, object::any_object const&,
             api::create_options const&) -> result<object_ref> {
        return none();
    }
    auto changed() -> wake_signal& { return news; }
    auto commit(std::span<api::write const> batch) -> std::vector<result<api::written>> {
        return api::one_by_one(*this, batch);
    }

    static auto none() -> std::unexpected<error> {
        return fail(error_code::method_not_allowed, "only to be read");
    }
};

auto by_node() -> std::vector<reconcile::index> {
    return {reconcile::index_of<item>("node", [](item const& i) -> std::string const& { return i.node; })};
}

/// From nothing to synced, with indexes over namespace, owner and node.
auto fill(benchmark::State& state) -> void {
    auto api = shelf{make_items(state.range(0)), {}, {}};
    auto bytes = 0.0;
    for (auto _ : state) {
        auto const before = bench::heap_bytes();
        auto cache = reconcile::cache<item>(api, by_node());
        while (cache.step(time_point{}) == wake::again()) {}
        bytes = bench::heap_bytes() - before;
        if (!cache.synced()) state.SkipWithError("not synced");
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.counters["bytes_per_object"] = bytes / static_cast<double>(state.range(0));
}
BENCHMARK(fill)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

/// The same objects in a map by name, with no indexes.
auto fill_map(benchmark::State& state) -> void {
    auto const objects = make_items(state.range(0));
    auto bytes = 0.0;
    for (auto _ : state) {
        auto const before = bench::heap_bytes();
        auto map = std::map<object::key, object::object_ref>();
        for (auto const& o : objects) map.emplace(o->metadata().where(), o);
        bytes = bench::heap_bytes() - before;
        benchmark::DoNotOptimize(map.size());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.counters["bytes_per_object"] = bytes / static_cast<double>(state.range(0));
}
BENCHMARK(fill_map)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

/// Updates told by a watch to a cache of 100,000 objects, with one listener.
auto updates(benchmark::State& state) -> void {
    auto api = shelf{make_items(100'000), {}, {}};
    auto cache = reconcile::cache<item>(api, by_node());
    while (cache.step(time_point{}) == wake::again()) {}
    auto heard = std::int64_t{0};
    auto const listening = cache.listen([&](auto const&, auto const&) { ++heard; });
    auto rev = object::revision{100'000};
    heard = 0;
    for (auto _ : state) {
        state.PauseTiming();
        for (std::size_t n = 0; n < 10'000; ++n) {
            auto const& o = api.objects[n * 7919 % api.objects.size()].object;
            api.events.push_back({api::watch_event::kind::modified, {o, ++rev}, {}, false});
        }
        state.ResumeTiming();
        while (cache.step(time_point{}) == wake::again()) {}
    }
    state.SetItemsProcessed(heard);
}
BENCHMARK(updates)->Unit(benchmark::kMillisecond);

/// Looks at the ten objects of an owner.
auto owned(benchmark::State& state) -> void {
    auto w = reconcile::world();
    auto& table = w.follow<item>();
    for (auto& o : make_items(100'000)) table.put(std::move(o));
    auto const now = w.at({});
    auto n = std::size_t{0};
    auto owners = std::vector<std::string>();
    for (auto i = 0; i < 10'000; ++i) owners.push_back("owner-" + std::to_string(i));
    for (auto _ : state) {
        for (auto const i : now.owned_by<item>(owners[n++ % owners.size()]))
            benchmark::DoNotOptimize(i.revision_of());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(owned);

} // namespace
