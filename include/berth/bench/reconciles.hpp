#pragma once

/// \file
/// A controller measured: how many keys a second it makes plans for, as the pure function that it is.

#include <berth/bench/stopwatch.hpp>
#include <berth/reconcile/any_controller.hpp>
#include <berth/reconcile/world.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace berth::bench {

/// What a controller is asked about.
struct reconcile_load {
    reconcile::world const* world = nullptr; ///< with the tables and indexes that it declares (`follow_all`)
    std::vector<reconcile::key> keys;
    std::size_t rounds = 3; ///< so often all keys are asked about
    time_point now = time_point::from_unix_seconds(1'767'225'600);
};

/// Makes the tables and indexes that a controller declares, which its loop would make.
template <reconcile::controller C> auto follow_all(reconcile::world& world, C const& controller) -> void {
    for (auto const* const type : reconcile::kinds_seen<C>()) world.follow(*type);
    if constexpr (requires { controller.indexes(); })
        for (auto& i : controller.indexes()) world.follow(*i.type).add_index(std::move(i));
}

/// Has a controller make plans; nobody carries them out. An operation is one plan; it succeeds if the plan
/// looked at nothing that was not there to look at, and answers how many steps it has.
template <reconcile::controller C>
[[nodiscard]] auto measure(C const& controller, reconcile_load const& load) -> figures {
    auto watch = stopwatch();
    auto const view = load.world->at(load.now);
    for (std::size_t r = 0; r < load.rounds; ++r) {
        watch.start();
        for (auto const& k : load.keys) {
            auto const steps = [&] {
                if constexpr (reconcile::detail::remembers<C>)
                    return controller.reconcile(view, k, typename C::memory()).plan.steps.size();
                else return controller.reconcile(view, k).steps.size();
            }();
            watch.lap(view.undeclared() == nullptr && view.undeclared_index().empty(), steps);
        }
        watch.pause();
    }
    return watch.read();
}

} // namespace berth::bench
