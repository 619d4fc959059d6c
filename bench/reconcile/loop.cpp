/// \file
/// What does a controller cost under the API server of the process? 1,000 groups want ten items each: created
/// from nothing, then all repainted. Beside it, the same objects are created and updated through the client
/// alone, which is the limit. kube-controller-manager does 20 requests a second by default.

#include "../../tests/reconcile/desk.hpp"

#include <berth/reconcile/loop.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

namespace {

using namespace things;

constexpr auto groups = 1000;
constexpr auto each = 10;

auto make_groups(desk& d) -> void {
    for (auto n = 0; n < groups; ++n)
        (void)api::create(d.server(), make_group("g" + std::to_string(n), each));
}

/// Items created and updated by a controller; its reads, status updates and waits included.
auto by_controller(benchmark::State& state) -> void {
    for (auto _ : state) {
        state.PauseTiming();
        auto d = desk();
        make_groups(d);
        auto loop = reconcile::loop<group_controller>(d.server(), {});
        auto const settle = [&] {
            while (loop.step(d.clock().now()) != wake::signalled()) {}
        };
        state.ResumeTiming();
        settle();
        for (auto const& g : d.groups()) {
            auto blue = *g;
            blue.spec.color = "blue";
            (void)api::update(d.server(), std::move(blue), 0);
        }
        settle();
        if (loop.counters().conflicts + loop.counters().failures != 0)
            state.SkipWithError("steps were refused");
    }
    state.SetItemsProcessed(state.iterations() * groups * each * 2);
}
BENCHMARK(by_controller)->Unit(benchmark::kMillisecond);

/// The same writes without a controller.
auto by_hand(benchmark::State& state) -> void {
    for (auto _ : state) {
        state.PauseTiming();
        auto d = desk();
        make_groups(d);
        state.ResumeTiming();
        for (auto const& g : d.groups())
            for (auto n = 0; n < each; ++n) (void)api::create(d.server(), group_controller::new_item(*g));
        for (auto const& i : d.items()) {
            auto blue = *i;
            blue.color = "blue";
            (void)api::update(d.server(), std::move(blue), i.revision_of());
        }
    }
    state.SetItemsProcessed(state.iterations() * groups * each * 2);
}
BENCHMARK(by_hand)->Unit(benchmark::kMillisecond);

} // namespace
