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

TEST_CASE("what the API puts off is no failure, and says how long to wait") {
    auto api = toy_api();
    auto record = told();
    api.fail_next(error_code::too_many_requests);
    auto const p = plan().create(make_item("a")).create(make_item("b"));
    auto const done = reconcile::apply(api, p, record, {.tell_steps = true});
    CHECK(done.put_off == 1);
    CHECK(done.failures.empty());
    CHECK(done.conflicts == 0);
    CHECK_FALSE(done.complete);
    REQUIRE(done.story.size() == 2);
    CHECK(done.story[0] ==
          reconcile::step_report{"create items default/a", reconcile::step_outcome::soon, "told to fail"});
    CHECK(done.story[1].outcome == reconcile::step_outcome::skipped);
}

TEST_CASE("a budget of steps cuts a plan, after one write at least") {
    auto api = toy_api();
    auto record = told();
    auto p = plan();
    for (auto const* name : {"a", "b", "c", "d"}) p.create(make_item(name));
    auto const done = reconcile::apply(api, p, record, {.budget = {.steps = 3}, .tell_steps = true});
    CHECK(done.steps == 3);
    CHECK(done.cut == 1);
    CHECK_FALSE(done.complete);
    CHECK(done.story.back().outcome == reconcile::step_outcome::cut);
    CHECK(api.state().size() == 3);
}

TEST_CASE("a budget of time cuts a plan by the clock that it is given") {
    auto api = toy_api();
    auto record = told();
    auto p = plan();
    for (auto const* name : {"a", "b", "c", "d"}) p.create(make_item(name));
    auto now = time_point::from_unix_seconds(1);
    auto const clock = [&] { return now = now + milliseconds(10); }; // a look at it takes as long
    auto const done =
        reconcile::apply(api, p, record, {.budget = {.time = milliseconds(20)}, .clock = clock});
    CHECK(done.steps == 2);
    CHECK(done.cut == 2);
    auto const without =
        reconcile::apply(api, plan().create(make_item("e")), record, {.budget = {.time = milliseconds(20)}});
    CHECK(without.complete);
}

TEST_CASE("a plan goes on only if what it requires still is as it was") {
    auto api = toy_api();
    auto const g = stored_group(api);
    auto record = told();
    auto const p = plan().require(g).create(make_item("a"));
    CHECK(reconcile::apply(api, p, record).complete);
    api.put(make_group("web", 9));
    auto other = plan().require(g).create(make_item("b"));
    other.policy = reconcile::on_failure::go_on; // does not concern what is required
    auto const done = reconcile::apply(api, other, record);
    CHECK(done.conflicts == 1);
    CHECK(done.steps == 0);
    CHECK(done.failures.empty());
    auto const absent = reconcile::reference(item::resource, {"default", "b"});
    CHECK(reconcile::apply(api, plan().require_absent(absent).create(make_item("b")), record).complete);
    CHECK(reconcile::apply(api, plan().require_absent(absent).create(make_item("c")), record).conflicts == 1);
    CHECK(api.state().size() == 3);
}

TEST_CASE("a plan may build on what it has written itself, and require that") {
    auto api = toy_api();
    auto const g = stored_group(api);
    auto bigger = *g;
    bigger.spec.size = 2;
    auto record = told();
    CHECK(reconcile::apply(api, plan().update(g, bigger).require(g).create(make_item("a")), record).complete);
}
