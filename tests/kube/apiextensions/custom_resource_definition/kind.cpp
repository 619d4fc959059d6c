/// \file
/// Definitions in the API.

#include "definitions.hpp"

#include <berth/api/encoding.hpp>
#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/conditions.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/kind.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;
using namespace test;

namespace {

/// An API that knows definitions.
struct desk {
    api::memory_store store;
    api::server server{store,
                       std::move(api::registry().add(kube::custom_resource_definition_kind())),
                       {.now = [] { return time_point{} + seconds(9); }, .seed = 1, .admission = {}}};
};

} // namespace

TEST_CASE("the version that is stored is noted, and stays so when another one is") {
    auto d = desk();
    auto first = api::create(d.server, ships());
    REQUIRE(first);
    CHECK((*first)->status.stored_versions == std::vector<std::string>{"v1"});
    auto changed = **first;
    changed.spec.versions[0].storage = false;
    changed.spec.versions.push_back(version_with("v2", true, schema_with(R"({"type":"string"})")));
    auto const second = api::update(d.server, std::move(changed), first->revision_of());
    REQUIRE(second);
    CHECK((*second)->status.stored_versions == std::vector<std::string>{"v1", "v2"});
    CHECK((*second)->metadata.generation == 2);
}

TEST_CASE("a deletion waits until the objects are gone") {
    auto d = desk();
    REQUIRE(api::create(d.server, ships()));
    auto const gone = api::remove<kube::custom_resource_definition>(d.server, {{}, "ships.sea.example.org"});
    REQUIRE(gone);
    CHECK_FALSE(gone->gone);
    auto left = api::get<kube::custom_resource_definition>(d.server, {{}, "ships.sea.example.org"});
    REQUIRE(left);
    CHECK((*left)->metadata.finalizers.front() == kube::custom_resource_finalizer);
    CHECK(reconcile::is_true((**left).status.conditions, "Terminating"));
    auto free = **left;
    free.metadata.finalizers.clear();
    REQUIRE(api::update(d.server, std::move(free), left->revision_of()));
    CHECK_FALSE(api::get<kube::custom_resource_definition>(d.server, {{}, "ships.sea.example.org"}));
}

TEST_CASE("members that occur twice are told, but in a schema only where Go reads strictly") {
    auto known = api::registry();
    known.add(kube::custom_resource_definition_kind());
    auto notes = std::vector<std::string>();
    auto reader = api::body_reader(known, kube::custom_resource_definition::resource,
                                   object::type_of<kube::custom_resource_definition>(),
                                   api::field_validation::warn, notes);
    auto const read = reader.read(
        R"({"spec":{"names":{},"names":{},"versions":[{"schema":{"openAPIV3Schema":{"type":"object",)"
        R"("type":"object","properties":{"a":{"items":{"type":"string","type":"string"}}}}}}]}})");
    CHECK((read ? "" : read.error().message) == "");
    CHECK(notes ==
          std::vector<std::string>{"duplicate field \"spec.names\"",
                                   "duplicate field \"spec.versions[0].schema.openAPIV3Schema.type\""});
}
