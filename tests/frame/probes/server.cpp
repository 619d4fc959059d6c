// A controller of one's own, driven by a loop, under an API server in the process.
#include "controller.hpp"

#include <berth/api/server.hpp>
#include <berth/core/clock.hpp>
#include <berth/store/memory.hpp>

auto run() -> void;
auto run() -> void {
    auto objects = berth::store::memory<berth::object::any_object>();
    auto kinds = berth::kube::registry();
    auto server = berth::api::server(
        objects, kinds, {.now = [] { return berth::system_clock{}.now(); }, .seed = 0, .admission = {}});
    auto loop = berth::reconcile::loop(server, labeller(), {});
    static_cast<void>(loop.step(berth::system_clock{}.now()));
}
