/// \file
/// The reception desk: what a write does, what a read then gives, and what is refused.

#include "kinds.hpp"

#include <berth/api/memory_store.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <thread>
#include <vector>

using namespace yard;
using enum error_code;

namespace {

auto const red = object::key{"bay", "red"};

/// A store in front of another that notes how many transactions each commit has.
struct counting_store {
    using inner = api::memory_store;
    using value_type = object::any_object;
    using cursor = inner::cursor;

    auto revision() const { return store->revision(); }
    auto compacted() const { return store->compacted(); }
    auto changed() -> wake_signal& { return store->changed(); }
    auto range(store::range_request const& r) const { return std::as_const(*store).range(r); }
    auto commit(std::span<store::txn<value_type> const> batch) {
        trips->push_back(batch.size());
        return store->commit(batch);
    }
    auto compact(store::revision_number at) { return store->compact(at); }
    auto watch(store::watch_request const& r) { return store->watch(r); }
    auto grant(store::lease_request const& r) { return store->grant(r); }
    auto keep_alive(store::lease_id id) { return store->keep_alive(id); }
    auto revoke(store::lease_id id) { return store->revoke(id); }
    auto time_to_live(store::lease_id id, bool keys) const {
        return std::as_const(*store).time_to_live(id, keys);
    }
    auto leases() const { return std::as_const(*store).leases(); }

    inner* store;
    std::vector<std::size_t>* trips;
};

} // namespace

TEST_CASE("what a create answers is what a read gives") {
    auto d = desk();
    auto const made = api::create(d.server, make_boat("red"));
    REQUIRE(made);
    auto const read = api::get<boat>(d.server, red);
    REQUIRE(read);
    CHECK(read->ref() == made->ref());
    CHECK((*made)->metadata.uid.size() == 36);
    CHECK((*made)->metadata.creation_timestamp.time() == d.clock.now());
    CHECK((*made)->metadata.generation == 1);
    CHECK((*made)->metadata.resource_version.empty());
    CHECK(made->revision_of() == d.server.revision());
}

TEST_CASE("a create sets defaults and clears what only the system sets") {
    auto d = desk();
    auto b = make_boat("red", "");
    b.status.afloat = true;
    b.metadata.generation = 7;
    b.metadata.deletion_timestamp = object::timestamp(d.clock.now());
    b.metadata.uid = "mine";
    auto const made = api::create(d.server, b);
    REQUIRE(made);
    CHECK((*made)->spec.color == "white");
    CHECK_FALSE((*made)->status.afloat);
    CHECK((*made)->metadata.generation == 1);
    CHECK_FALSE((*made)->metadata.deleting());
    CHECK((*made)->metadata.uid != "mine");
}

TEST_CASE("a refused write changes nothing") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("red")));
    auto const before = d.server.revision();
    CHECK(api::create(d.server, make_boat("red")).error().code == already_exists);
    CHECK(api::create(d.server, make_boat("bad", "red", -1)).error().code == invalid);
    auto dated = make_boat("dated");
    dated.metadata.resource_version = "3";
    CHECK(api::create(d.server, dated).error().code == bad_request);
    CHECK(api::update(d.server, make_boat("red", "blue"), before + 5).error().code == conflict);
    CHECK(api::update(d.server, make_boat("none", "blue"), 0).error().code == not_found);
    CHECK(api::update(d.server, make_boat("red", "red", -1), 0).error().code == invalid);
    CHECK(api::update(d.server, make_boat("red"), 0, "wings").error().code == not_found);
    auto other = make_boat("red", "blue");
    other.metadata.uid = "another";
    CHECK(api::update(d.server, other, 0).error().code == conflict);
    CHECK(d.server.patch(boat::resource, red, {api::patch_type::merge, R"({"spec":{"seats":"x"}})"}, {})
              .error()
              .code == invalid);
    auto picky = api::delete_options{};
    picky.expected_uid = "another";
    CHECK(api::remove<boat>(d.server, red, picky).error().code == conflict);
    CHECK(api::remove<boat>(d.server, {"bay", "none"}).error().code == not_found);
    CHECK(d.server.revision() == before);
    CHECK((*api::get<boat>(d.server, red))->spec.color == "red");
}

TEST_CASE("an unknown kind is not found, whatever is asked") {
    auto d = desk();
    auto const& r = mooring::resource;
    CHECK(d.server.get(r, red, {}).error().code == not_found);
    CHECK(d.server.list(r, {}).error().code == not_found);
    CHECK(d.server.watch(r, {}).error().code == not_found);
    CHECK(api::create(d.server, mooring{}).error().code == not_found);
    CHECK(api::update(d.server, mooring{}, 0).error().code == not_found);
    CHECK(d.server.patch(r, red, {}, {}).error().code == not_found);
    CHECK(d.server.remove(r, red, {}).error().code == not_found);
    CHECK(d.server.act(boat::resource, red, "paint", mooring{}, {}).error().code == not_found);
}

TEST_CASE("a generated name is drawn, and differs from draw to draw") {
    auto d = desk();
    auto b = make_boat("");
    b.metadata.generate_name = "boat-";
    auto const one = api::create(d.server, b);
    auto const two = api::create(d.server, b);
    REQUIRE(one);
    REQUIRE(two);
    CHECK((*one)->metadata.name.size() == 10);
    CHECK((*one)->metadata.name.starts_with("boat-"));
    CHECK((*one)->metadata.name != (*two)->metadata.name);
    b.metadata.generate_name = std::string(80, 'x');
    auto const cut = api::create(d.server, b);
    REQUIRE(cut);
    CHECK((*cut)->metadata.name.size() == 63);
}

TEST_CASE("a generation counts changes of the spec and nothing else") {
    auto d = desk();
    auto b = *api::create(d.server, make_boat("red"));
    auto next = *b;
    next.metadata.labels["a"] = "b";
    CHECK((*api::update(d.server, next, 0))->metadata.generation == 1);
    next.spec.seats = 4;
    next.metadata.generation = 99;
    CHECK((*api::update(d.server, next, 0))->metadata.generation == 2);
    next.status.afloat = true;
    auto const afloat = api::update(d.server, next, 0, "status");
    CHECK((*afloat)->metadata.generation == 2);
    CHECK((*afloat)->status.afloat);
}

TEST_CASE("a spec is written without the status, and a status without the spec") {
    auto d = desk();
    auto b = *api::create(d.server, make_boat("red"));
    auto next = *b;
    next.status.seated = 3;
    next.spec.seats = 9;
    auto const whole = api::update(d.server, next, 0);
    CHECK((*whole)->status.seated == 0);
    CHECK((*whole)->spec.seats == 9);
    next.spec.seats = 1;
    auto const part = api::update(d.server, next, 0, "status");
    CHECK((*part)->status.seated == 3);
    CHECK((*part)->spec.seats == 9);
}

TEST_CASE("an update with an old revision is a conflict") {
    auto d = desk();
    auto const first = *api::create(d.server, make_boat("red"));
    auto next = *first;
    next.spec.seats = 2;
    auto const second = api::update(d.server, next, first.revision_of());
    REQUIRE(second);
    CHECK(second->revision_of() > first.revision_of());
    next.spec.seats = 3;
    auto const late = api::update(d.server, next, first.revision_of());
    CHECK(late.error().code == conflict);
    CHECK(late.error().message == "Operation cannot be fulfilled on boats.test \"red\": the object has been "
                                  "modified; please apply your changes to the latest version and try again");
    next.metadata.resource_version = std::to_string(first.revision_of());
    CHECK(api::update(d.server, next, 0).error().code == conflict);
    next.metadata.resource_version = std::to_string(second->revision_of());
    CHECK(api::update(d.server, next, 0));
}

TEST_CASE("a kind may insist on a revision, or be created by an update") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_ferry("f")));
    CHECK(api::update(d.server, make_ferry("f"), 0).error().code == invalid);
    auto p = pier();
    p.metadata.name = "p";
    p.place = "north";
    auto const made = api::update(d.server, p, 0);
    REQUIRE(made);
    CHECK((*made)->metadata.uid.size() == 36);
    p.metadata.name = "q";
    CHECK(api::update(d.server, p, 5).error().code == not_found);
}

TEST_CASE("a write that changes nothing makes no revision") {
    auto d = desk();
    auto const b = *api::create(d.server, make_boat("red"));
    auto const same = api::update(d.server, *b, 0);
    REQUIRE(same);
    CHECK(same->revision_of() == b.revision_of());
    auto const patched =
        d.server.patch(boat::resource, red, {api::patch_type::merge, R"({"spec":{"color":"red"}})"}, {});
    REQUIRE(patched);
    CHECK(patched->rev == b.revision_of());
    CHECK(d.server.revision() == b.revision_of());
}

TEST_CASE("a dry run says what would be and writes nothing") {
    auto d = desk();
    auto const b = *api::create(d.server, make_boat("red"));
    auto const before = d.server.revision();
    auto dry = api::create_options{};
    dry.dry_run = true;
    CHECK(api::create(d.server, make_boat("blue"), dry));
    CHECK(api::create(d.server, make_boat("red"), dry).error().code == already_exists);
    auto update = api::update_options{};
    update.dry_run = true;
    auto const next = d.server.update(make_boat("red", "green"), update);
    REQUIRE(next);
    CHECK(next->object.as<boat>().spec.color == "green");
    auto patch = api::patch_options{};
    patch.dry_run = true;
    CHECK(d.server.patch(boat::resource, red, {api::patch_type::merge, R"({"spec":{"seats":5}})"}, patch)
              ->object.as<boat>()
              .spec.seats == 5);
    auto gone = api::delete_options{};
    gone.dry_run = true;
    CHECK(api::remove<boat>(d.server, red, gone)->gone);
    CHECK(d.server.revision() == before);
    CHECK(*api::get<boat>(d.server, red).value() == *b);
}

TEST_CASE("a patch of each form changes what it names") {
    auto d = desk();
    auto b = make_boat("red");
    b.spec.crew = {{"ann", "captain", {}}, {"bob", "cook", {}}};
    REQUIRE(api::create(d.server, b));
    auto const patch = [&](api::patch_type t, std::string body) {
        return d.server.patch(boat::resource, red, {t, std::move(body)}, {});
    };
    using enum api::patch_type;
    CHECK(patch(json, R"([{"op":"replace","path":"/spec/seats","value":3}])")->object.as<boat>().spec.seats ==
          3);
    CHECK(patch(merge, R"({"spec":{"seats":null}})")->object.as<boat>().spec.seats == 0);
    auto const joined = patch(strategic, R"({"spec":{"crew":[{"name":"bob","role":"mate"}]}})");
    CHECK(joined->object.as<boat>().spec.crew ==
          std::vector<sailor>{{"ann", "captain", {}}, {"bob", "mate", {}}});
    CHECK(patch(merge, R"({"spec":{"crew":[]}})")->object.as<boat>().spec.crew.empty());
    CHECK(api::apply(d.server, boat::resource, red, "{}").error().code == invalid);
    CHECK(patch(merge, "{").error().code == bad_request);
    CHECK(patch(merge, R"({"kind":"Ship"})")
              .error()
              .message.find("no kind \"Ship\" is registered for version") != std::string::npos);
    CHECK(patch(merge, R"({"apiVersion":"v0"})").error().code == invalid);
    CHECK(patch(strategic, R"({"kind":"Ship"})"));
    CHECK(patch(merge, R"({"metadata":{"uid":"other"}})").error().code == invalid);
    CHECK(patch(json, R"([{"op":"remove","path":"/spec/nothing"}])").error().code == invalid);
    CHECK(patch(merge, R"({"metadata":{"name":"other"}})").error().code == bad_request);
    CHECK(patch(merge, R"({"metadata":{"resourceVersion":"1"}})").error().code == conflict);
    CHECK(d.server.patch(boat::resource, {"bay", "none"}, {}, {}).error().code == not_found);
}

TEST_CASE("a patch may be of the status or the scale") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("red")));
    auto o = api::patch_options{};
    o.subresource = "status";
    auto const body = std::string(R"({"spec":{"seats":8},"status":{"afloat":true}})");
    auto const status = d.server.patch(boat::resource, red, {api::patch_type::merge, body}, o);
    REQUIRE(status);
    CHECK(status->object.as<boat>().status.afloat);
    CHECK(status->object.as<boat>().spec.seats == 1);
    o.subresource = "scale";
    auto const more = std::string(R"({"spec":{"replicas":6}})");
    auto const scaled = d.server.patch(boat::resource, red, {api::patch_type::merge, more}, o);
    REQUIRE(scaled);
    CHECK(scaled->object.as<api::scale>().spec.replicas == 6);
    CHECK((*api::get<boat>(d.server, red))->metadata.generation == 2);
}

TEST_CASE("a scale is read and written as an object of its own") {
    auto d = desk();
    auto const b = *api::create(d.server, make_boat("red"));
    auto const now = d.server.get(boat::resource, red, {{}, "scale"});
    REQUIRE(now);
    CHECK(now->rev == b.revision_of());
    auto wanted = now->object.as<api::scale>();
    CHECK(wanted.metadata.uid == b->metadata.uid);
    CHECK(wanted.spec.replicas == 1);
    CHECK(wanted.status.selector == "app=x");
    auto const write = [&](std::int32_t n, object::key const& where) {
        wanted.spec.replicas = n;
        wanted.metadata.name = where.name;
        auto request = api::update_request{wanted, {}, &boat::resource};
        request.options.subresource = "scale";
        return api::commit_one(d.server, request);
    };
    CHECK(write(4, red)->object.object.as<api::scale>().spec.replicas == 4);
    CHECK((*api::get<boat>(d.server, red))->spec.seats == 4);
    CHECK(write(-4, red).error().code == invalid);
    CHECK(write(4, {"bay", "none"}).error().code == not_found);
    CHECK(d.server.get(boat::resource, {"bay", "none"}, {{}, "scale"}).error().code == not_found);
    CHECK(d.server.get(boat::resource, red, {{}, "mooring"}).error().code == not_found);
}

TEST_CASE("an action changes an object, or refuses") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("red")));
    auto m = mooring();
    m.pier = "north";
    auto const done = d.server.act(boat::resource, red, "mooring", m, {});
    REQUIRE(done);
    CHECK(done->object.as<boat>().spec.marks.get("pier") == "north");
    auto const rev = d.server.revision();
    CHECK(d.server.act(boat::resource, red, "mooring", m, {}).error().message == "the boat has a pier");
    CHECK(d.server.act(boat::resource, {"bay", "none"}, "mooring", m, {}).error().code == not_found);
    CHECK(d.server.act(boat::resource, red, "mooring", make_boat("red"), {}).error().code == bad_request);
    CHECK(d.server.revision() == rev);
}

TEST_CASE("an action passes admission, and knows who asks and what there is") {
    auto seen = texts();
    auto chain = api::admission_chain();
    chain.push_back({"note", {}, [&](api::admission_request& r, api::admission_world const&) -> result<void> {
                         if (r.op != api::admission_request::operation::connect) return {};
                         seen.push_back(r.who.user + " " + r.subresource + " " + r.name + " " +
                                        r.object->as<mooring>().pier);
                         if (r.object->as<mooring>().pier != "closed") return {};
                         return api::forbidden(*r.of.resource, r.name, "the pier is closed");
                     }});
    auto d = desk(std::move(chain));
    REQUIRE(api::create(d.server, make_boat("red")));
    auto pilot = d.server.as(api::system_identity("pilot"));
    auto m = mooring();
    m.pier = "closed";
    CHECK(api::act(pilot, boat::resource, red, "mooring", m).error().code == forbidden);
    m.pier = "north";
    CHECK(api::act(pilot, boat::resource, red, "mooring", m));
    CHECK(seen == texts{"system:pilot mooring red closed", "system:pilot mooring red north"});
}

TEST_CASE("a collection is removed as it is selected") {
    auto d = desk();
    for (auto const* n : {"a", "b", "c"})
        REQUIRE(api::create(d.server, make_boat(n, n[0] == 'b' ? "blue" : "red")));
    auto o = api::list_options{};
    o.field_selector = "spec.color=red";
    CHECK(names(*api::remove_collection(d.server, boat::resource, o, {})) == texts{"a", "c"});
    CHECK(names(*d.server.list(boat::resource, {})) == texts{"b"});
    o.field_selector = "spec.wings=2";
    CHECK(api::remove_collection(d.server, boat::resource, o, {}).error().code == bad_request);
}

TEST_CASE("a kind of the cluster has no namespace") {
    auto d = desk();
    auto p = pier();
    p.metadata.name = "p";
    p.metadata.namespace_ = "bay";
    CHECK((*api::create(d.server, p))->metadata.namespace_.empty());
}

TEST_CASE("who writes is noted in the object, under the name that the request or the identity gives") {
    auto d = desk();
    auto me = d.server.as({.user = "ann", .groups = {"crew"}, .field_manager = "tiller"});
    REQUIRE(api::create(me, make_boat("red")));
    auto const managers = [&] {
        auto out = texts();
        auto const now = api::get<boat>(d.server, red);
        for (auto const& e : (*now)->metadata.managed_fields)
            out.push_back(e.manager + " " + e.operation + " " + e.api_version +
                          (e.subresource.empty() ? "" : " " + e.subresource));
        return out;
    };
    CHECK(managers() == texts{"tiller Update test/v1"});
    auto status = make_boat("red");
    status.status.afloat = true;
    auto other = d.server.as(api::system_identity("pilot"));
    REQUIRE(api::update(other, status, 0, "status"));
    auto named = api::patch_options{};
    named.field_manager = "mine";
    REQUIRE(api::patch_object(me, boat::resource, red, {api::patch_type::merge, R"({"spec":{"seats":5}})"},
                              named));
    REQUIRE(api::patch_object(me, boat::resource, red, {api::patch_type::merge, R"({"spec":{"seats":5}})"}));
    CHECK(managers() == texts{"mine Update test/v1", "pilot Update test/v1 status", "tiller Update test/v1"});
}

TEST_CASE("admission sees who asks") {
    auto seen = texts();
    auto chain = api::admission_chain();
    chain.push_back({"note", {}, [&](api::admission_request& r, api::admission_world const&) -> result<void> {
                         seen.push_back(r.who.user);
                         return {};
                     }});
    auto d = desk(std::move(chain));
    auto me = d.server.as({.user = "ann"});
    auto const copy = me;
    REQUIRE(api::create(me, make_boat("red")));
    REQUIRE(copy.update(make_boat("red", "blue"), {}));
    REQUIRE(d.server.remove(boat::resource, red, {}));
    CHECK(seen == texts{"ann", "ann", "system:apiserver"});
}

TEST_CASE("a write tells what is doubtful about it") {
    auto d = desk();
    auto const made = api::commit_one(d.server, api::create_request{make_boat("red", "pink")});
    REQUIRE(made);
    CHECK(made->created);
    CHECK(made->warnings == texts{"pink fades"});
    auto const same = api::commit_one(d.server, api::update_request{make_boat("red", "pink")});
    CHECK_FALSE(same->created);
    CHECK(same->warnings == texts{"pink fades"});
    auto p = pier();
    p.metadata.name = "p";
    CHECK(api::commit_one(d.server, api::update_request{p})->created);
}

TEST_CASE("a refused write tells what is doubtful about it too") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("red")));
    auto const warnings_of = [&](api::write const& w) {
        auto const done = api::commit_one(d.server, w);
        REQUIRE_FALSE(done);
        return done.error().warnings;
    };
    CHECK(warnings_of(api::create_request{make_boat("red", "pink")}) == texts{"pink fades"});
    auto dry = api::create_options{};
    dry.dry_run = true;
    CHECK(warnings_of(api::create_request{make_boat("red", "pink"), dry}) == texts{"pink fades"});
    CHECK(
        warnings_of(api::create_request{make_boat("red", "pink", -1)}).empty()); // not looked at any further
    auto patch = api::patch_options{};
    patch.validation = api::field_validation::warn;
    auto const sale = api::patch{api::patch_type::merge, R"({"spec":{"sale":1,"seats":-1}})"};
    CHECK(warnings_of(api::patch_request{&boat::resource, red, sale, patch}) ==
          texts{"unknown field \"spec.sale\""});
}

TEST_CASE("what is wrong with a new object counts for more than that its name is taken") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("red")));
    auto dry = api::create_options{};
    for (auto const dry_run : {false, true}) {
        dry.dry_run = dry_run;
        CHECK(api::create(d.server, make_boat("red", "red", -1), dry).error().code == invalid);
        CHECK(api::create(d.server, make_boat("red"), dry).error().code == already_exists);
    }
}

TEST_CASE("a kind may warn who deletes without saying what becomes of dependents") {
    auto d = desk();
    auto k = boat_kind();
    k.default_propagation_note = "the crew stays";
    auto known = api::registry();
    known.add(std::move(k));
    auto server = api::server(d.objects, known, {[] { return time_point(); }, 1, {}});
    REQUIRE(api::create(server, make_boat("red")));
    auto o = api::delete_options{};
    o.dry_run = true;
    auto const remove = [&] { return api::commit_one(server, api::remove_request{&boat::resource, red, o}); };
    CHECK(remove()->warnings == texts{"the crew stays"});
    o.expected_uid = "other";
    CHECK(remove().error().warnings == texts{"the crew stays"});
    o.expected_uid.clear();
    for (auto const policy : {api::propagation::background, api::propagation::orphan}) {
        o.policy = policy;
        CHECK(remove()->warnings.empty());
    }
}

TEST_CASE("a dry run of a deletion leaves no mark, whatever becomes of dependents") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("red")));
    auto const before = d.server.revision();
    auto o = api::delete_options{};
    o.dry_run = true;
    for (auto const policy :
         {api::propagation::foreground, api::propagation::background, api::propagation::orphan}) {
        o.policy = policy;
        auto const done = d.server.remove(boat::resource, red, o);
        REQUIRE(done);
        CHECK(done->gone == (policy == api::propagation::background));
        CHECK(api::remove_collection(d.server, boat::resource, {}, o));
    }
    CHECK(d.server.revision() == before);
    CHECK_FALSE((*api::get<boat>(d.server, red))->metadata.deleting());
}

TEST_CASE("a batch is done write by write, in order for each object, and each has its answer") {
    auto d = desk();
    auto batch = std::vector<api::write>();
    batch.push_back(api::create_request{make_boat("a")});
    batch.push_back(api::create_request{make_boat("bad", "red", -1)});
    batch.push_back(api::patch_request{
        &boat::resource, {"bay", "a"}, {api::patch_type::merge, R"({"spec":{"seats":7}})"}, {}});
    batch.push_back(api::create_request{make_boat("b")});
    batch.push_back(api::create_request{make_boat("a")});
    batch.push_back(api::remove_request{&boat::resource, {"bay", "b"}, {}});
    batch.push_back(api::remove_request{&boat::resource, {"bay", "b"}, {}});
    auto const done = d.server.commit(batch);
    REQUIRE(done.size() == batch.size());
    CHECK(done[0]->created);
    CHECK(done[1].error().code == invalid);
    CHECK(done[2]->object.object.as<boat>().spec.seats == 7);
    CHECK(done[3]->created);
    CHECK(done[4].error().code == already_exists);
    CHECK(done[5]->gone);
    CHECK(done[6].error().code == not_found);
    CHECK(names(*d.server.list(boat::resource, {})) == texts{"a"});
    CHECK(d.server.commit({}).empty());
}

TEST_CASE("a batch is one round trip to read and one to write") {
    auto trips = std::vector<std::size_t>();
    auto d = desk();
    for (auto i = 0; i < 10; ++i) REQUIRE(api::create(d.server, make_boat("b" + std::to_string(i))));
    auto counting = counting_store{&d.objects, &trips};
    auto server = api::server(counting, kinds(), {[&] { return d.clock.now(); }, 2, {}});
    auto batch = std::vector<api::write>();
    for (auto i = 0; i < 10; ++i) {
        auto m = mooring();
        m.pier = "north";
        batch.push_back(
            api::act_request{&boat::resource, {"bay", "b" + std::to_string(i)}, "mooring", m, {}});
    }
    for (auto const& done : server.commit(batch)) CHECK(done);
    CHECK(trips == std::vector<std::size_t>{10, 10});
}

TEST_CASE("admission changes an object before validation, and refuses after it") {
    auto chain = api::admission_chain();
    chain.push_back({"paint",
                     [](api::admission_request& r, api::admission_world const&) -> result<void> {
                         if (r.object != nullptr && r.object->type().name == "test.v1.Boat")
                             r.object->as<boat>().spec.marks["by"] = "admission";
                         return {};
                     },
                     {}});
    chain.push_back(
        {"guard", {}, [](api::admission_request& r, api::admission_world const& w) -> result<void> {
             if (r.op == api::admission_request::operation::remove && r.name == "red")
                 return api::forbidden(*r.of.resource, r.name, "it is holy");
             auto const there = w.list(boat::resource);
             if (!there) return std::unexpected(there.error());
             if (there->size() >= 2 && !r.before)
                 return api::forbidden(*r.of.resource, r.name, "the yard is full");
             return {};
         }});
    auto d = desk(chain);
    CHECK((*api::create(d.server, make_boat("red")))->spec.marks.get("by") == "admission");
    REQUIRE(api::create(d.server, make_boat("blue")));
    CHECK(api::create(d.server, make_boat("late")).error().code == forbidden);
    CHECK(api::remove<boat>(d.server, red).error().message == "boats.test \"red\" is forbidden: it is holy");
    CHECK(d.server.list(boat::resource, {})->items.size() == 2);
}

TEST_CASE("admission writes the status of another object if it is as it was seen, and deletes it") {
    auto chain = api::admission_chain();
    auto told = texts();
    chain.push_back(
        {"count", {}, [&](api::admission_request& r, api::admission_world const& w) -> result<void> {
             if (r.op != api::admission_request::operation::create || r.name == "red") return {};
             auto const all = w.list(boat::resource);
             if (!all) return std::unexpected(all.error());
             auto seen = all->front();
             auto now = seen.object.as<boat>();
             ++now.status.seated;
             auto const done = w.put_status(now, seen.rev);
             if (!done) return std::unexpected(done.error());
             ++now.status.seated;
             told.push_back(w.put_status(now, seen.rev).error().code == conflict ? "late" : "");
             return r.name == "last" ? w.remove(boat::resource, red, {}) : result<void>();
         }});
    auto d = desk(chain);
    REQUIRE(api::create(d.server, make_boat("red")));
    REQUIRE(api::create(d.server, make_boat("blue")));
    CHECK((*api::get<boat>(d.server, red))->status.seated == 1);
    CHECK(told == texts{"late"});
    REQUIRE(api::create(d.server, make_boat("last")));
    CHECK(api::get<boat>(d.server, red).error().code == not_found);
}

TEST_CASE("where nothing can be written, a status cannot") {
    CHECK(api::admission_world().put_status(make_boat("red"), 1).error().code == unavailable);
}

TEST_CASE("many writers lose no update and see one history") {
    auto d = desk();
    REQUIRE(api::create(d.server, make_boat("red", "red", 0)));
    auto w = d.server.watch(boat::resource, {.namespace_ = "bay",
                                             .label_selector = {},
                                             .field_selector = {},
                                             .resource_version = std::to_string(d.server.revision()),
                                             .resource_version_match = {},
                                             .send_initial_events = {},
                                             .allow_bookmarks = false,
                                             .continue_token = {}});
    REQUIRE(w);
    constexpr auto writers = 4;
    constexpr auto turns = 25;
    auto const write = [&](int id) {
        for (auto done = 0; done < turns;) {
            auto now = api::get<boat>(d.server, red);
            if (!now) return;
            auto next = **now;
            ++next.spec.seats;
            if (api::update(d.server, std::move(next), now->revision_of())) ++done;
            auto fresh = make_boat("");
            fresh.metadata.generate_name = "w" + std::to_string(id) + "-";
            auto const made = api::create(d.server, std::move(fresh));
            if (made) (void)api::remove<boat>(d.server, (*made)->metadata.where());
            if (auto const seen = d.server.get(boat::resource, red, {}); seen) (void)api::encode(*seen);
        }
    };
    auto threads = std::vector<std::jthread>();
    for (auto i = 0; i < writers; ++i) threads.emplace_back(write, i);
    threads.clear();
    CHECK((*api::get<boat>(d.server, red))->spec.seats == writers * turns);
    CHECK((*api::get<boat>(d.server, red))->metadata.generation == writers * turns + 1);
    CHECK(d.server.list(boat::resource, {})->items.size() == 1);
    auto seats = 0;
    auto rev = object::revision{0};
    auto ordered = true;
    while (true) {
        auto const e = w->next();
        if (!e || !*e) break;
        ordered = ordered && (*e)->object.rev > rev;
        rev = (*e)->object.rev;
        if ((*e)->object.object.metadata().name == "red")
            ordered = ordered && (*e)->object.object.as<boat>().spec.seats == ++seats;
    }
    CHECK(ordered);
    CHECK(seats == writers * turns);
}

TEST_CASE("objects that are written one after the other have in common what is the same in them") {
    auto d = desk();
    auto const make = [&](std::string name, std::string mark) {
        auto b = make_boat(std::move(name));
        b.metadata.labels = {{"fleet", "north"}};
        b.spec.marks["hull"] = std::move(mark);
        return api::create(d.server, std::move(b)).value();
    };
    auto const first = make("first", "7");
    auto const second = make("second", "7");
    auto const third = make("third", "8");
    CHECK(first->metadata.labels.begin() == second->metadata.labels.begin());
    CHECK(first->metadata.labels.begin() == third->metadata.labels.begin());
    CHECK(first->spec.marks.begin() == second->spec.marks.begin());
    CHECK(third->spec.marks.get("hull") == "8");
    auto changed = *second;
    changed.metadata.labels["fleet"] = "south";
    auto const after = api::update(d.server, std::move(changed), second.revision_of()).value();
    CHECK(after->metadata.labels.get("fleet") == "south");
    CHECK(second->metadata.labels.get("fleet") == "north");
    CHECK(after->spec.marks.begin() == first->spec.marks.begin());
}
