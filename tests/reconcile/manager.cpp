/// \file
/// Several controllers as one: what they share, when they work, and what is told of them.

#include "desk.hpp"

#include <berth/reconcile/manager.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <thread>

using namespace things;
using namespace std::string_literals;
using reconcile::manager;

namespace {

auto settle(desk& d, manager& all) -> sim::report { return sim::run(d.clock(), {.seed = 1}, all); }

} // namespace

TEST_CASE("controllers work over the same caches, each on its own") {
    auto d = desk();
    auto all = manager(group_controller(), patient());
    all.start(d.server());
    CHECK_FALSE(all.synced());
    REQUIRE(api::create(d.server(), make_group("a", 3)));
    settle(d, all);
    CHECK(all.synced());
    CHECK(d.items().size() == 3);
    CHECK(all.names() == std::vector<std::string_view>{"group", "patient"});
    CHECK(all.counters("group").steps > 0);
    CHECK(all.counters("patient").reconciles > 0);
    CHECK(all.counters("nobody") == reconcile::loop_counters());
    CHECK(all.caches().counters(object::type_of<group>()).lists == 1);
}

TEST_CASE("a manager that is held keeps its caches up and changes nothing") {
    auto d = desk();
    auto all = manager(group_controller());
    all.start(d.server());
    all.hold(true);
    REQUIRE(api::create(d.server(), make_group("a", 3)));
    settle(d, all);
    CHECK(all.synced());
    CHECK(d.items().empty());
    CHECK(all.caches().at({}).all<group>().size() == 1);
    all.hold(false);
    settle(d, all);
    CHECK(d.items().size() == 3);
}

TEST_CASE("a name is there once, and a manager is started once") {
    auto d = desk();
    auto all = manager(group_controller());
    CHECK_THROWS_AS(all.add(reconcile::any_controller(group_controller())), std::logic_error);
    all.add(reconcile::any_controller(patient()));
    CHECK(all.find("group") == nullptr);
    CHECK(all.step({}) == wake::signalled());
    all.start(d.server());
    CHECK(all.find("group") != nullptr);
    CHECK_THROWS_AS(all.start(d.server()), std::logic_error);
    CHECK_THROWS_AS(all.add(reconcile::any_controller(patient())), std::logic_error);
}

TEST_CASE("metrics tell of each controller") {
    auto d = desk();
    auto all = manager(group_controller(), patient());
    all.start(d.server());
    REQUIRE(api::create(d.server(), make_group("a", 3)));
    settle(d, all);
    auto const text = all.metrics();
    CHECK(text.find("# TYPE workqueue_adds_total counter\n") != std::string::npos);
    CHECK(text.find("workqueue_depth{name=\"group\"} 0\n") != std::string::npos);
    auto const looked = std::to_string(all.counters("patient").reconciles);
    CHECK(text.find("berth_reconcile_total{controller=\"patient\"} " + looked + "\n") != std::string::npos);
}

TEST_CASE("a run works on threads until it is stopped") {
    auto d = desk();
    auto all = manager(group_controller());
    REQUIRE(api::create(d.server(), make_group("a", 2)));
    auto told = std::atomic<int>(0);
    auto stop = std::stop_source();
    auto runs = std::jthread([&] {
        all.run({.client = d.server(),
                 .stop = stop.get_token(),
                 .options = {.recorder = [&](std::string_view name) -> reconcile::note_recorder {
                     if (name == "group") ++told;
                     return {};
                 }}});
    });
    for (auto n = 0; n < 2000 && d.items().size() < 2; ++n)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    stop.request_stop();
    runs.join();
    CHECK(d.items().size() == 2);
    CHECK(told == 1);
}
