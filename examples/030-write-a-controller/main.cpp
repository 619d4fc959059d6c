/// \file
/// \brief Describe two kinds, write a controller for them, and watch it work under an API server in this
/// process.

#include "database.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/reconcile/loop.hpp>
#include <berth/sim/run.hpp>

#include <iostream>

auto main() -> int {
    using namespace story;
    auto const clock = sim::virtual_clock();
    auto const begin = clock.now();

    auto store = api::memory_store();
    auto kinds = api::registry();
    kinds.add(api::kind_of<database>{}).add(api::kind_of<member>{});
    auto server = api::server(store, kinds, {.now = [&] { return clock.now(); }, .seed = 0, .admission = {}});

    auto const record = [&](reconcile::note const& n, time_point now) {
        auto const ms = (now - begin).nanoseconds / 1'000'000;
        std::cout << "  " << ms << " ms\t" << n.reason << "\t" << n.message << '\n';
    };
    auto loop = reconcile::loop(server, database_controller(), {.record = record});
    auto const run = [&](std::string_view what) {
        std::cout << what << '\n';
        auto const report = sim::run(clock, {.seed = 7, .step_time = milliseconds(5)}, loop);
        std::cout << "  (" << report.to_string() << ")\n\n";
    };

    auto wanted = database();
    wanted.metadata.namespace_ = "default";
    wanted.metadata.name = "orders";
    wanted.spec = {.members = 3, .version = "16.1", .unknown = {}};
    if (!api::create(server, wanted)) return 1;
    run("Three members are wanted:");

    auto const change = [&](auto&& how) {
        auto const now = api::get<database>(server, {"default", "orders"}).value();
        auto next = *now;
        how(next.spec);
        return api::update(server, next, now.revision_of()).has_value();
    };
    if (!change([](database_spec& spec) { spec.version = "16.2"; })) return 1;
    run("A new version, one member at a time:");

    if (!api::remove<member>(server, {"default", "orders-1"})) return 1;
    if (!change([](database_spec& spec) { spec.members = 2; })) return 1;
    run("Somebody deletes a member, and two will do:");

    auto const there = api::get<database>(server, {"default", "orders"}).value();
    auto const& ready = *object::find_condition(there->status.conditions, "Ready");
    std::cout << "Ready: " << ready.status << ", with";
    auto const members = api::list<member>(server).value();
    for (auto const& m : members) std::cout << ' ' << m->metadata.name;
    std::cout << "\n\n";

    if (!api::remove<database>(server, {"default", "orders"})) return 1;
    run("The database goes, after its members:");
    std::cout << api::list<database>(server).value().size() << " databases\n";
}
