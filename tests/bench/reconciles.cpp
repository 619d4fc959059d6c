#include "../reconcile/desk.hpp"

#include <berth/bench/reconciles.hpp>

#include <catch2/catch_all.hpp>

#include <string>

namespace {

using namespace things;

TEST_CASE("a controller is asked for a plan for each key of each round") {
    auto world = reconcile::world();
    auto const controller = group_controller();
    bench::follow_all(world, controller);
    auto load = bench::reconcile_load{.world = &world, .keys = {}, .rounds = 3};
    for (auto n = 0; n < 10; ++n) {
        auto g = make_group("g" + std::to_string(n), 2);
        g.metadata.uid = g.metadata.name;
        load.keys.push_back(g.metadata.where());
        world.add(std::move(g));
    }
    auto const f = bench::measure(controller, load);
    CHECK(f.operations == 30);
    CHECK(f.succeeded == 30);
    CHECK(f.allocations > 0);
    load.keys.resize(5);
    CHECK(bench::measure(controller, load).operations == 15);
}

TEST_CASE("a controller that is measured in a world that lacks what it looks at does not succeed") {
    auto world = reconcile::world(make_group("g", 2));
    auto const f = bench::measure(group_controller(), {.world = &world, .keys = {{"default", "g"}}});
    CHECK(f.operations == 3);
    CHECK(f.succeeded == 0);
}

} // namespace
