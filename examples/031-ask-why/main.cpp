/// \file
/// \brief Ask a controller why it looked at an object, what it did, and why it does nothing; and say which
/// objects come first.

#include "../030-write-a-controller/database.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/reconcile/loop.hpp>
#include <berth/sim/run.hpp>

#include <iostream>

auto main() -> int {
    using namespace story;
    auto const clock = sim::virtual_clock();
    auto store = api::memory_store();
    auto kinds = api::registry();
    kinds.add(api::kind_of<database>{}).add(api::kind_of<member>{});
    auto server = api::server(store, kinds, {.now = [&] { return clock.now(); }, .seed = 0, .admission = {}});

    for (auto const* name : {"archive", "orders", "payments"}) {
        auto wanted = database();
        wanted.metadata.namespace_ = "default";
        wanted.metadata.name = name;
        wanted.spec = {.members = 5, .version = "16.1", .unknown = {}};
        if (!api::create(server, wanted)) return 1;
    }

    // Payments first, the archive last; and no more than three writes for one of them before others are
    // served.
    auto const priority = [](key const& k, reconcile::causes const&) {
        return k.name == "payments" ? 3 : k.name == "archive" ? 0 : 1;
    };
    auto caches = reconcile::caches(server);
    auto loop = reconcile::loop(server, caches, database_controller(),
                                {.budget = {.steps = 3}, .priority = priority, .history = 100});
    while (!caches.synced()) (void)caches.step(clock.now());
    (void)loop.step(clock.now());
    std::cout << "The first looks:\n";
    for (auto const& look : loop.looks()) std::cout << look.to_string();

    std::cout << "\nWhy is nothing done for payments?\n"
              << loop.status_of({"default", "payments"}).queue.failures << " failures; "
              << loop.status_of({"default", "payments"}).to_string();

    (void)sim::run(clock, {.seed = 7}, caches, loop);
    auto const there = api::get<database>(server, {"default", "orders"}).value();
    auto next = *there;
    next.spec.version = "16.2";
    if (!api::update(server, next, there.revision_of())) return 1;
    (void)sim::run(clock, {.seed = 7}, caches, loop);
    std::cout << "\nWhat came of the new version of orders first:\n";
    for (auto const& look : loop.looks({"default", "orders"}))
        if (look.why.to_string() == "updated") return std::cout << look.to_string(), 0;
    return 1;
}
