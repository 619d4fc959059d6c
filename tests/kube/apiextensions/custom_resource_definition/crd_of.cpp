/// \file
/// A program's own type as a custom kind: what its definition says, and that a server serves it.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/controller.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/crd_of.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/kind.hpp>
#include <berth/kube/registry.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

struct buoy_spec {
    std::string color;
    std::int32_t depth = 0;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(buoy_spec, "", (color, .required = true, .values = "red,green"), (depth, .minimum = 1))
};
struct buoy_status {
    bool lit = false;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(buoy_status, "", (lit))
};
struct buoy {
    static constexpr object::resource_name resource{"sea.example.org", "v1", "Buoy", "buoys", "buoy", true};
    object::meta metadata;
    buoy_spec spec;
    buoy_status status;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(buoy, "", (metadata), (spec), (status))
};

} // namespace

TEST_CASE("a definition has the names of the type, and a status if that has one") {
    auto color = kube::custom_resource_column();
    color.name = "Color";
    color.type = "string";
    color.json_path = ".spec.color";
    auto const d =
        kube::crd_of<buoy>({.short_names = {"bu"}, .categories = {"all"}, .columns = {color}, .scale = {}});
    CHECK(d.metadata.name == "buoys.sea.example.org");
    CHECK(d.spec.names.kind == "Buoy");
    CHECK(d.spec.names.list_kind == "BuoyList");
    CHECK(d.spec.names.short_names == std::vector<std::string>{"bu"});
    CHECK(d.spec.scope == "Namespaced");
    REQUIRE(d.spec.versions.size() == 1);
    CHECK(d.spec.versions[0].subresources->status);
    CHECK_FALSE(d.spec.versions[0].subresources->scale);
    CHECK(d.spec.versions[0].additional_printer_columns[0].json_path == ".spec.color");
}

TEST_CASE("a server takes it, and keeps objects by its schema") {
    auto const clock = sim::virtual_clock();
    auto store = api::memory_store();
    auto server = api::server(store, kube::registry(),
                              {.now = [&] { return clock.now(); }, .seed = 1, .admission = {}});
    auto kinds = kube::custom_kinds(server, server.kinds());
    auto const made = api::create(server, kube::crd_of<buoy>());
    INFO((made ? std::string() : made.error().message));
    REQUIRE(made);
    sim::run(clock, {.seed = 1}, kinds);
    auto const* const served = server.kinds().snapshot()->find(buoy::resource);
    REQUIRE(served != nullptr);
    CHECK(served->find_subresource("status") != nullptr);
}
