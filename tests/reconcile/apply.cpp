/// \file
/// How plans are carried out, and what a loop makes of answers that are lost.

#include "things.hpp"
#include "toy_api.hpp"

#include <berth/reconcile/apply.hpp>
#include <berth/reconcile/loop.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace things;
using reconcile::note;

namespace {

struct told {
    std::vector<std::string> messages;
    auto operator()(note const& n) -> void { messages.push_back(n.message); }
};

auto stored_group(toy_api& api, std::int32_t size = 1) -> object::stored<group> {
    return object::stored<group>(api.put(make_group("web", size)));
}

} // namespace

TEST_CASE("steps are carried out in order, and notes name what the step before wrote") {
    auto api = toy_api();
    auto const g = stored_group(api);
    auto record = told();
    auto const p = plan().create(group_controller::new_item(*g)).tell(g, "Created", "made {name}").remove(g);
    auto const done = reconcile::apply(api, p, record);
    CHECK(done.steps == 2);
    CHECK(done.complete);
    CHECK(done.notes == 1);
    CHECK(record.messages == std::vector<std::string>{"made web-11"});
    REQUIRE(done.writes.size() == 2);
    CHECK(done.writes[0].rev == 12);
    CHECK(done.writes[1].removed);
    CHECK(api.state().size() == 1);
}

TEST_CASE("a step builds on what an earlier step of its plan wrote") {
    auto api = toy_api();
    auto const g = stored_group(api);
    auto one = *g;
    one.spec.size = 2;
    auto two = one;
    two.status.count = 2;
    auto record = told();
    auto const p = plan().update(g, one).update(g, two);
    CHECK(reconcile::apply(api, p, record).conflicts == 0);
    CHECK(api.get(group::resource, {"default", "web"}, {})->object.as<group>().status.count == 2);
    CHECK(reconcile::apply(api, p, record).conflicts == 1);
}

TEST_CASE("after a failure the rest of a plan is left, except for notes about the failure") {
    auto api = toy_api();
    auto const g = stored_group(api);
    auto record = told();
    auto p = plan();
    p.create(make_item("a")).tell(g, "", "never").warn(g, "", "because: {error}", note::when::failed);
    p.warn(g, "", "in any case").create(make_item("b")).tell(g, "", "nor this");
    p.warn(g, "", "nor that it failed", note::when::failed);
    SECTION("if it says nothing else") {
        api.fail_next(error_code::forbidden);
        auto const done = reconcile::apply(api, p, record);
        CHECK(done.steps == 0);
        CHECK_FALSE(done.complete);
        REQUIRE(done.failures.size() == 1);
        CHECK(done.failures[0].why.code == error_code::forbidden);
        CHECK(record.messages == std::vector<std::string>{"because: told to fail", "in any case"});
    }
    SECTION("which goes on if its steps do not depend on each other") {
        p.policy = reconcile::on_failure::go_on;
        api.fail_next(error_code::forbidden);
        auto const done = reconcile::apply(api, p, record);
        CHECK(done.steps == 1);
        CHECK(done.failures.size() == 1);
        CHECK(record.messages ==
              std::vector<std::string>{"because: told to fail", "in any case", "nor this"});
    }
}

TEST_CASE("what was decided from an old world is a conflict and no failure") {
    auto api = toy_api();
    auto const g = stored_group(api);
    auto bigger = *g;
    bigger.spec.size = 7;
    auto record = told();
    api.put(make_item("a"));
    CHECK(reconcile::apply(api, plan().create(make_item("a")), record).conflicts == 1);
    api.put(make_group("web", 3));
    CHECK(reconcile::apply(api, plan().update(g, bigger), record).conflicts == 1);
    api.erase(group::resource, {"default", "web"});
    auto const done = reconcile::apply(api, plan().remove(g), record);
    CHECK(done.conflicts == 1);
    CHECK(done.failures.empty());
}

TEST_CASE("a write whose answer is lost is not done a second time") {
    auto api = toy_api();
    stored_group(api, 1);
    auto shared = reconcile::caches(api);
    auto l = reconcile::loop<group_controller>(api, shared, {});
    auto const time = sim::virtual_clock();
    while (!shared.synced()) shared.step(time.now());
    api.lose_next_answer();
    l.step(time.now());
    CHECK(l.counters().failures == 1);
    time.advance(seconds(1));
    SECTION("because the caches must see it first") {
        l.step(time.now());
        CHECK(l.counters().held_back == 1);
    }
    SECTION("nor as long as the API does not say how far it is") {
        api.fail_next(error_code::unavailable);
        l.step(time.now());
        CHECK(l.counters().reconciles == 1);
    }
    CHECK(sim::run(time, {}, shared, l).why == sim::ending::quiescent);
    CHECK(api.state().size() == 2);
}
