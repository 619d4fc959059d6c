/// \file
/// Several controllers as one: what they share, when they work, and what is told of them.

#include "desk.hpp"

#include <berth/reconcile/manager.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

using namespace things;
using namespace std::string_literals;
using reconcile::manager;

namespace {

auto settle(desk& d, manager& all) -> sim::report { return sim::run(d.clock(), {.seed = 1}, all); }

/// Lets a test do something while it looks at a key.
struct slow {
    static constexpr std::string_view name = "slow";
    using reconciles = group;
    std::function<void()> during;

    auto reconcile(snapshot const&, key const&) const -> plan {
        during();
        return {};
    }
};

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

TEST_CASE("metrics have the names and the buckets of client-go's work queues") {
    auto d = desk();
    auto all = manager(group_controller());
    all.start(d.server(), {.clock = [&] { return d.clock().now(); }});
    REQUIRE(api::create(d.server(), make_group("a", 1)));
    settle(d, all);
    auto const text = all.metrics();
    for (auto const* name :
         {"workqueue_depth", "workqueue_adds_total", "workqueue_retries_total",
          "workqueue_queue_duration_seconds", "workqueue_work_duration_seconds",
          "workqueue_unfinished_work_seconds", "workqueue_longest_running_processor_seconds"})
        CHECK(text.find("# TYPE "s + name + ' ') != std::string::npos);
    auto const looks = std::to_string(all.find("group")->queue().times().worked.count());
    CHECK(looks != "0");
    CHECK(text.find("workqueue_work_duration_seconds_bucket{name=\"group\",le=\"0.00000001\"} " + looks +
                    "\n") != std::string::npos);
    CHECK(text.find("workqueue_work_duration_seconds_bucket{name=\"group\",le=\"1000\"} " + looks + "\n") !=
          std::string::npos);
    CHECK(text.find("workqueue_work_duration_seconds_count{name=\"group\"} " + looks + "\n") !=
          std::string::npos);
    CHECK(text.find("workqueue_longest_running_processor_seconds{name=\"group\"} 0\n") != std::string::npos);
}

TEST_CASE("what happens is logged to whom it concerns, from the level that was asked for") {
    auto d = desk();
    auto const from = GENERATE(reconcile::log_level::debug, reconcile::log_level::info);
    auto told = std::vector<reconcile::log_entry>();
    auto all = manager(group_controller());
    all.start(d.server(),
              {.log = [&](reconcile::log_entry const& e) { told.push_back(e); }, .log_from = from});
    REQUIRE(api::create(d.server(), make_group("a", 1)));
    settle(d, all);
    all.hold(true);
    all.hold(true);
    auto const count = [&](std::string_view message) {
        return std::count_if(told.begin(), told.end(), [&](auto const& e) { return e.message == message; });
    };
    CHECK(told.front().message == "started");
    CHECK(count("the caches have seen everything") == 1);
    CHECK(count("carried out") >= 1);
    CHECK(count("stands by") == 1);
    CHECK((count("nothing to do") > 0) == (from == reconcile::log_level::debug));
    auto const carried =
        std::find_if(told.begin(), told.end(), [](auto const& e) { return e.message == "carried out"; });
    REQUIRE(carried != told.end());
    CHECK(carried->fields[0] == reconcile::log_entry::field{"controller", "group"});
    CHECK(carried->fields[2] == reconcile::log_entry::field{"name", "a"});
}

TEST_CASE("a manager is ready when it has seen everything, and well as long as no look takes too long") {
    auto d = desk();
    auto all = manager(group_controller(), patient());
    CHECK_FALSE(all.readiness()[0].well());
    all.start(d.server(), {.clock = [&] { return d.clock().now(); }, .stuck_after = minutes(1)});
    CHECK(all.readiness()[0].well());
    CHECK(all.readiness()[1] ==
          reconcile::check{"caches", "not everything that the controllers look at has been seen"});
    REQUIRE(api::create(d.server(), make_group("a", 1)));
    settle(d, all);
    CHECK(all.readiness()[1].well());
    REQUIRE(all.health().size() == 2);
    CHECK(all.health()[0] == reconcile::check{"group", ""});
    CHECK(all.health()[1].name == "patient");
}

TEST_CASE("a look that takes too long is not well") {
    auto d = desk();
    auto late = duration();
    auto all = manager();
    auto problem = std::string();
    all.add(reconcile::any_controller(slow{[&] {
        late = minutes(11);
        problem = all.health()[0].problem;
    }}));
    all.start(d.server(), {.clock = [&] { return d.clock().now() + late; }});
    REQUIRE(api::create(d.server(), make_group("a", 1)));
    settle(d, all);
    CHECK(problem == "one of its keys has been looked at for 660 s");
    CHECK(all.health()[0].well());
    CHECK(all.find("slow")->queue().times().worked.sum() == minutes(11));
}

TEST_CASE("a manager that finishes its work drains one controller after the other") {
    auto d = desk();
    auto all = manager(group_controller(), patient());
    all.start(d.server(), {.finish = true});
    REQUIRE(api::create(d.server(), make_group("a", 2)));
    auto const now = d.clock().now();
    while (!all.synced()) all.caches().step(now);
    CHECK(all.find("group")->queue().size() == 1);
    for (auto n = 0; n < 100 && all.drain(now); ++n) {}
    CHECK_FALSE(all.drain(now));
    CHECK(d.items().size() == 2);
    CHECK(all.find("group")->queue().drained());
    CHECK(all.find("patient")->queue().drained());
}

TEST_CASE("a run has as many workers of a controller as it is told") {
    auto d = desk();
    for (auto n = 0; n < 6; ++n) REQUIRE(api::create(d.server(), make_group("g" + std::to_string(n), n)));
    auto all = manager(group_controller());
    auto asked = std::atomic<int>(0);
    auto stop = std::stop_source();
    auto runs = std::jthread([&] {
        all.run(
            {.client = d.server(), .stop = stop.get_token(), .options = {.workers = [&](std::string_view) {
                                                                 ++asked;
                                                                 return std::size_t{3};
                                                             }}});
    });
    for (auto n = 0; n < 2000 && d.items().size() < 15; ++n)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    stop.request_stop();
    runs.join();
    CHECK(d.items().size() == 15);
    CHECK(asked == 1);
    CHECK(all.counters("group").failures == 0);
}
