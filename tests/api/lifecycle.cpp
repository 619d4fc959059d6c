/// \file
/// From creation to deletion: what the system sets, carries over and marks; alone, and through a server.

#include "kinds.hpp"

#include <berth/api/lifecycle.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace yard;
using enum error_code;

namespace {

auto const red = object::key{"bay", "red"};
auto const noon = time_point::from_unix_seconds(1'000'000);

auto remove_with_grace(desk& d, std::int64_t seconds) -> result<api::deletion> {
    auto o = api::delete_options{};
    o.grace_period_seconds = seconds;
    return api::remove<ferry>(d.server, {"bay", "f"}, o);
}

/// A boat as it is after `before_update`.
auto updated(boat now, boat const& before) -> boat {
    static auto const k = api::kind(boat_kind());
    auto d = object::draft(object::any_object(std::move(now)));
    api::before_update(k, d, object::any_object(before));
    return d.as<boat>();
}

} // namespace

TEST_CASE("a kind without generations has none, and one without a status needs none") {
    auto const k = api::kind(ferry_kind());
    auto draw = berth::random_engine(1);
    auto d = object::draft(object::any_object(make_ferry("f")));
    api::before_create(k, d, noon, draw);
    CHECK(d.metadata().generation == 0);
    CHECK(d.metadata().creation_timestamp.time() == noon);
    CHECK(d.metadata().name == "f");
}

TEST_CASE("metadata that an update leaves out is carried over") {
    auto before = make_boat("red");
    before.metadata.uid = "u";
    before.metadata.generation = 3;
    before.metadata.creation_timestamp = object::timestamp(noon);
    before.metadata.generate_name = "r";
    before.metadata.labels["a"] = "b";
    auto const after = updated(make_boat("red"), before);
    CHECK(after.metadata.uid == "u");
    CHECK(after.metadata.generation == 3);
    CHECK(after.metadata.creation_timestamp.time() == noon);
    CHECK(after.metadata.generate_name == "r");
    CHECK(after.metadata.labels.empty());
}

TEST_CASE("an update can neither begin nor undo a deletion") {
    auto before = make_boat("red");
    auto now = before;
    now.metadata.deletion_timestamp = object::timestamp(noon);
    now.metadata.deletion_grace_period_seconds = 5;
    CHECK_FALSE(updated(now, before).metadata.deleting());
    CHECK_FALSE(updated(now, before).metadata.deletion_grace_period_seconds);
    CHECK(updated(before, now).metadata.deletion_timestamp == object::timestamp(noon));
    CHECK(updated(before, now).metadata.deletion_grace_period_seconds == 5);
}

TEST_CASE("a generation may count annotations, or stay 1 for ever") {
    auto k = api::kind(boat_kind());
    auto before = make_boat("red");
    before.metadata.generation = 1;
    auto annotated = before;
    annotated.metadata.annotations["a"] = "b";
    auto respecified = before;
    respecified.spec.seats = 9;
    using enum api::generation_rule;
    auto const generation = [&](api::generation_rule rule, boat const& now) {
        k.generation = rule;
        auto d = object::draft(object::any_object(now));
        api::before_update(k, d, object::any_object(before));
        return d.metadata().generation;
    };
    CHECK(generation(spec, annotated) == 1);
    CHECK(generation(spec, respecified) == 2);
    CHECK(generation(spec_and_annotations, annotated) == 2);
    CHECK(generation(spec_and_annotations, before) == 1);
    CHECK(generation(first, respecified) == 1);
    CHECK(generation(none, respecified) == 1);
}

TEST_CASE("the finalizers of garbage collection follow the policy, or what is there, or the kind") {
    auto k = api::kind(boat_kind());
    auto const of = [&](texts const& now, std::optional<api::propagation> policy) {
        auto o = api::delete_options{};
        o.policy = policy;
        return api::detail::finalizers_for(k, o, now);
    };
    CHECK(of({}, std::nullopt).empty());
    CHECK(of({"orphan"}, std::nullopt) == texts{"orphan"});
    CHECK(of({"foregroundDeletion", "x"}, std::nullopt) == texts{"foregroundDeletion", "x"});
    CHECK(of({"foregroundDeletion", "x"}, api::propagation::background) == texts{"x"});
    CHECK(of({"x"}, api::propagation::orphan) == texts{"x", "orphan"});
    k.propagation = api::default_propagation::orphan;
    CHECK(of({}, std::nullopt) == texts{"orphan"});
    CHECK(of({}, api::propagation::background).empty());
}

TEST_CASE("an object that holds itself is marked once and goes when it lets go") {
    auto description = boat_kind();
    description.held = [](boat const& b) { return b.spec.seats > 0; };
    description.mark_deleting = [](boat& b) { b.status.afloat = false; };
    auto const k = api::kind(description);
    auto b = make_boat("red", "red", 2);
    b.status.afloat = true;
    using enum api::deletion_step::kind;
    auto const marked = api::plan_deletion(k, object::any_object(b), {}, noon);
    CHECK(marked.what == update);
    CHECK(marked.object.metadata().deletion_timestamp == object::timestamp(noon));
    CHECK_FALSE(marked.object.as<boat>().status.afloat);
    CHECK(api::plan_deletion(k, marked.object, {}, noon).what == nothing);
    auto empty = marked.object.as<boat>();
    empty.spec.seats = 0;
    CHECK(api::released(k, object::any_object(empty), marked.object));
    CHECK(api::plan_deletion(k, object::any_object(empty), {}, noon).what == remove);
}

TEST_CASE("an object is released only when it is deleted, without grace and without finalizers") {
    auto const k = api::kind(boat_kind());
    auto before = make_boat("red");
    CHECK_FALSE(api::released(k, before, before));
    before.metadata.deletion_timestamp = object::timestamp(noon);
    before.metadata.deletion_grace_period_seconds = 30;
    CHECK_FALSE(api::released(k, before, before));
    before.metadata.deletion_grace_period_seconds = 0;
    CHECK(api::released(k, before, before));
    before.metadata.finalizers = {"x"};
    CHECK_FALSE(api::released(k, before, before));
}

TEST_CASE("a deletion waits for finalizers, and happens when the last one goes") {
    auto d = desk();
    auto b = make_boat("red");
    b.metadata.finalizers = {"test/lock"};
    REQUIRE(api::create(d.server, b));
    auto const marked = api::remove<boat>(d.server, red);
    REQUIRE(marked);
    CHECK_FALSE(marked->gone);
    auto next = marked->object.object.as<boat>();
    CHECK(next.metadata.deletion_timestamp->time() == d.clock.now());
    CHECK(next.metadata.deletion_grace_period_seconds == 0);
    CHECK(next.metadata.generation == 2);
    auto const again = api::remove<boat>(d.server, red);
    REQUIRE(again);
    CHECK(again->object.rev == marked->object.rev);
    next.metadata.deletion_timestamp.reset();
    next.spec.seats = 7;
    auto const changed = api::update(d.server, next, 0);
    REQUIRE(changed);
    CHECK((*changed)->metadata.deleting());
    CHECK(api::create(d.server, make_boat("red")).error().message.starts_with("object is being deleted: "));
    next.metadata.finalizers.clear();
    REQUIRE(api::update(d.server, next, 0));
    CHECK(api::get<boat>(d.server, red).error().code == not_found);
}

TEST_CASE("a graceful deletion is marked first, may be shortened, and ends with no grace") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_ferry("f")));
    auto const marked = api::remove<ferry>(d.server, {"bay", "f"});
    REQUIRE(marked);
    CHECK_FALSE(marked->gone);
    CHECK(marked->object.object.metadata().deletion_timestamp->time() == d.clock.now() + seconds(30));
    auto const same = remove_with_grace(d, 60);
    CHECK(same->object.rev == marked->object.rev);
    auto const sooner = remove_with_grace(d, 10);
    CHECK(sooner->object.object.metadata().deletion_timestamp->time() == d.clock.now() + seconds(10));
    CHECK(sooner->object.object.metadata().deletion_grace_period_seconds == 10);
    CHECK(remove_with_grace(d, 0)->gone);
    CHECK(api::get<ferry>(d.server, {"bay", "f"}).error().code == not_found);
}

TEST_CASE("a deletion that was interrupted between mark and removal is finished by the next") {
    auto d = desk();
    auto f = make_ferry("f");
    f.metadata.deletion_timestamp = object::timestamp(d.clock.now());
    f.metadata.deletion_grace_period_seconds = 0;
    REQUIRE(store::put_if(d.objects, "/registry/test/ferries/bay/f", 0, object::any_object(f)));
    auto const done = api::remove<ferry>(d.server, {"bay", "f"});
    REQUIRE(done);
    CHECK(done->gone);
    CHECK(api::get<ferry>(d.server, {"bay", "f"}).error().code == not_found);
}

TEST_CASE("a deletion policy is left to garbage collection as a finalizer") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("red")));
    auto o = api::delete_options{};
    o.policy = api::propagation::foreground;
    auto const first = api::remove<boat>(d.server, red, o);
    CHECK(first->object.object.metadata().finalizers == texts{"foregroundDeletion"});
    o.policy = api::propagation::orphan;
    auto const second = api::remove<boat>(d.server, red, o);
    CHECK(second->object.object.metadata().finalizers == texts{"orphan"});
    o.policy = api::propagation::background;
    CHECK(api::remove<boat>(d.server, red, o)->gone);
}

TEST_CASE("a deletion holds to the revision that it expects") {
    auto d = desk();
    auto const b = *api::create(d.server, make_boat("red"));
    auto o = api::delete_options{};
    o.expected_resource_version = "1000";
    CHECK(api::remove<boat>(d.server, red, o).error().code == conflict);
    o.expected_resource_version = std::to_string(b.revision_of());
    o.expected_uid = b->metadata.uid;
    auto const gone = api::remove<boat>(d.server, red, o);
    REQUIRE(gone);
    CHECK(gone->gone);
    CHECK(gone->object.rev == d.server.revision());
}
