// A controller of one's own, driven by a loop, under an API server in the process.
#include "controller.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/core/clock.hpp>

auto run() -> void;
auto run() -> void {
    auto objects = berth::api::memory_store();
    auto kinds = berth::kube::registry();
    auto server = berth::api::server(
        objects, kinds, {.now = [] { return berth::system_clock{}.now(); }, .seed = 0, .admission = {}});
    auto loop = berth::reconcile::loop(server, labeller(), {});
    static_cast<void>(loop.step(berth::system_clock{}.now()));
}
