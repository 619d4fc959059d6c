/// \file
/// Kinds by their names, and a kind by its description.

#include "kinds.hpp"

#include <berth/api/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <utility>

using namespace yard;

TEST_CASE("a kind is found by its plural, its kind and its resource") {
    auto const known = kinds();
    auto const* const k = known.find("test", "v1", "boats");
    REQUIRE(k != nullptr);
    CHECK(k->type == &object::type_of<boat>());
    CHECK(known.find(boat::resource) == k);
    auto const copy = boat::resource;
    CHECK(known.find(copy) == k);
    CHECK(known.find_kind("test", "v1", "Boat") == k);
    CHECK(known.find("", "v1", "boats") == nullptr);
    CHECK(known.find("test", "v2", "boats") == nullptr);
    CHECK(known.find(mooring::resource) == nullptr);
    CHECK(known.has_group("test"));
    CHECK(known.has_group("", "v1"));
    CHECK_FALSE(known.has_group("test", "v2"));
    CHECK_FALSE(known.has_group("none"));
}

TEST_CASE("kinds keep their address in copies, and until they are replaced") {
    auto known = kinds();
    auto const* const k = known.find(boat::resource);
    known.add(api::kind_of<mooring>{});
    CHECK(known.kinds().size() == 4);
    CHECK(known.find(boat::resource) == k);
    auto copy = known;
    CHECK(copy.find(boat::resource) == k);
    copy.replace(api::kind_of<boat>{});
    CHECK(copy.kinds().size() == 4);
    CHECK(copy.find(boat::resource) != k);
    CHECK(known.find(boat::resource) == k);
    CHECK(copy.remove(boat::resource));
    CHECK_FALSE(copy.remove(boat::resource));
    CHECK(copy.find(boat::resource) == nullptr);
}

TEST_CASE("a shared registry is replaced as a whole, and tells those who follow it") {
    auto shared = api::shared_registry(kinds());
    auto const before = shared.snapshot();
    auto told = 0;
    auto const news = shared.changed().subscribe({[](void* count) { ++*static_cast<int*>(count); }, &told});
    CHECK(shared.version() == 1);
    auto const copy = shared;
    shared.change([](api::registry& k) { k.add(api::kind_of<mooring>{}); });
    CHECK(told == 1);
    CHECK(copy.version() == 2);
    CHECK(copy.snapshot()->find(mooring::resource) != nullptr);
    CHECK(before->find(mooring::resource) == nullptr);
    CHECK(copy.snapshot()->find(boat::resource) == before->find(boat::resource));
}

TEST_CASE("a kind's functions are those of its description") {
    auto const k = api::kind(boat_kind());
    auto b = make_boat("red", "", 3);
    k.set_defaults(&b);
    CHECK(b.spec.color == "white");
    CHECK(k.field_value(&b, "spec.color") == "white");
    CHECK(k.field_value(&b, "metadata.name") == "red");
    CHECK(k.field_value(&b, "metadata.namespace") == "bay");
    CHECK_FALSE(k.field_value(&b, "spec.wings"));
    CHECK(k.own_labels);
    auto const* const scale = k.find<api::projection>("scale");
    REQUIRE(scale != nullptr);
    auto wanted = scale->read(&b)->as<api::scale>();
    CHECK(wanted.spec.replicas == 3);
    wanted.spec.replicas = 5;
    auto errors = api::field_errors();
    scale->write(&b, &wanted, errors);
    CHECK(b.spec.seats == 5);
    CHECK(errors.empty());
    CHECK(k.spec->in(&b) == &b.spec);
    CHECK(k.status->in(&b) == &b.status);
    CHECK(k.find<api::part>("status")->member == k.status);
    CHECK(k.find<api::part>("scale") == nullptr);
    CHECK(k.find<api::action>("mooring")->body == &object::type_of<mooring>());
    auto found = texts();
    for (auto const& s : k.subresources) found.emplace_back(s.name);
    CHECK(found == texts{"mooring", "scale", "status"});
    CHECK(k.find_subresource("mooring")->has_verb(api::verb::create));
    CHECK_FALSE(k.find_subresource("mooring")->has_verb(api::verb::get));
    CHECK(k.has_verb(api::verb::watch));
}

TEST_CASE("what a description leaves out is absent") {
    auto const k = api::kind(api::kind_of<pier>{});
    CHECK_FALSE(k.set_defaults);
    CHECK_FALSE(k.validate);
    CHECK_FALSE(k.validate_update);
    CHECK_FALSE(k.prepare_update);
    CHECK_FALSE(k.grace);
    CHECK(k.spec == nullptr);
    CHECK(k.status == nullptr);
    CHECK(k.subresources.empty());
    CHECK(k.stored());
    CHECK_FALSE(k.own_labels);
    CHECK(k.knows_field("metadata.name"));
}
