/// \file
/// Kinds come and go with their definitions.

#include "definitions.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/conditions.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/controller.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/kind.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

namespace {

/// An API whose custom kinds are served.
struct desk {
    desk() { executor.add(custom); }

    auto run() -> void {
        auto how = sim::options();
        how.time_limit = seconds(5);
        (void)executor.run(how);
    }
    auto serves(char const* plural) const -> bool {
        return server.kinds().snapshot()->find("sea.example.org", "v1", plural) != nullptr;
    }
    auto definition(char const* name) -> result<object::stored<kube::custom_resource_definition>> {
        return api::get<kube::custom_resource_definition>(server, {{}, name});
    }
    auto create_ship() -> result<object::object_ref> {
        auto const known = server.kinds().snapshot();
        auto ship = object::draft(*known->find("sea.example.org", "v1", "ships")->type);
        ship.metadata().name = "s";
        ship.metadata().namespace_ = "default";
        return api::create(server, std::move(ship).finish());
    }

    sim::virtual_clock clock;
    api::memory_store store;
    api::server server{store,
                       std::move(api::registry().add(kube::custom_resource_definition_kind())),
                       {.now = [c = clock] { return c.now(); }, .seed = 1, .admission = {}}};
    kube::custom_kinds custom{server, server.kinds()};
    sim::executor executor{clock, 1};
};

} // namespace

TEST_CASE("a definition's kind is served, and goes with it, objects first") {
    auto d = desk();
    REQUIRE(api::create(d.server, ships()));
    d.run();
    CHECK(d.serves("ships"));
    CHECK(kube::is_established(**d.definition("ships.sea.example.org")));
    REQUIRE(d.create_ship());
    REQUIRE(api::remove<kube::custom_resource_definition>(d.server, {{}, "ships.sea.example.org"}));
    d.run();
    CHECK_FALSE(d.definition("ships.sea.example.org"));
    CHECK_FALSE(d.serves("ships"));
    REQUIRE(api::create(d.server, ships()));
    d.run();
    auto const known = d.server.kinds().snapshot();
    CHECK(d.server.list(*known->find("sea.example.org", "v1", "ships")->resource, {})->items.empty());
}

TEST_CASE("who wants a taken name waits until it is free") {
    auto d = desk();
    REQUIRE(api::create(d.server, ships()));
    d.run();
    auto boats = ships();
    boats.metadata.name = "boats.sea.example.org";
    boats.spec.names.plural = "boats";
    REQUIRE(api::create(d.server, boats));
    d.run();
    CHECK_FALSE(d.serves("boats"));
    REQUIRE(api::remove<kube::custom_resource_definition>(d.server, {{}, "ships.sea.example.org"}));
    d.run();
    CHECK(d.serves("boats"));
}
