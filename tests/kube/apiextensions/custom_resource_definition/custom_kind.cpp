/// \file
/// Objects of custom kinds, through several versions.

#include "definitions.hpp"

#include <berth/api/encoding.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/custom_kind.hpp>
#include <berth/store/memory.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

namespace {

/// An API that serves a definition.
struct desk {
    explicit desk(kube::custom_resource_definition const& d) {
        server.kinds().change([&](api::registry& all) {
            for (auto& k : kube::custom_kinds_of(d)) all.replace(std::move(k));
        });
    }
    auto kind(char const* version = "v1") -> api::kind const& {
        known = server.kinds().snapshot();
        return *known->find("sea.example.org", version, "ships");
    }
    /// Creates an object from JSON, and answers it or what is wrong with it.
    auto create(std::string const& text, char const* version = "v1") -> std::string {
        auto const& k = kind(version);
        auto notes = std::vector<std::string>();
        auto reader = api::body_reader(*known, *k.resource, *k.type, api::field_validation::strict, notes);
        auto read = reader.read(text);
        if (!read) return read.error().message;
        auto const made = api::create(server, std::move(*read).finish());
        return made ? spec_of(*made) : made.error().message;
    }
    auto get(char const* name, char const* version) -> std::string {
        auto const found = server.get(*kind(version).resource, {"default", name}, {});
        return found ? spec_of(*found) : found.error().message;
    }
    static auto spec_of(object::object_ref const& o) -> std::string {
        auto const document = boost::json::parse(api::encode(o));
        return boost::json::serialize(document.at("spec")) + " " +
               std::string(document.at("apiVersion").get_string());
    }

    store::memory<object::any_object> store;
    api::server server{store,
                       api::registry(),
                       {.now = [] { return time_point{} + seconds(9); }, .seed = 1, .admission = {}}};
    api::registry_snapshot known;
};

auto ship(std::string const& spec, std::string const& version = "v1") -> std::string {
    return R"({"apiVersion":"sea.example.org/)" + version +
           R"(","kind":"Ship","metadata":{"name":"s","namespace":"default"},"spec":)" + spec + "}";
}

auto two_versions() -> kube::custom_resource_definition {
    auto d = accepted_ships(R"({"type":"object","properties":{"spec":{"type":"object","properties":{
        "a":{"type":"integer","default":3},"b":{"type":"string"}}}}})");
    d.spec.versions.push_back(
        version_with("v2", false,
                     R"({"type":"object","properties":{"spec":{"type":"object","properties":{
        "a":{"type":"integer"},"c":{"type":"string","default":"x"}}}}})"));
    return d;
}

} // namespace

TEST_CASE("documents are pruned strictly, defaulted and checked") {
    auto d = desk(two_versions());
    CHECK(d.create(ship(R"({"b":"x"})")) == R"({"a":3,"b":"x"} sea.example.org/v1)");
    CHECK(d.create(ship(R"({"z":1})")).ends_with("strict decoding error: unknown field \"spec.z\""));
    CHECK(d.create(ship(R"({"a":"x"})"))
              .ends_with(
                  "spec.a: Invalid value: \"string\": spec.a in body must be of type integer: \"string\""));
}

TEST_CASE("what another version has no place for is lost on the way") {
    auto d = desk(two_versions());
    CHECK(d.create(ship(R"({"a":1})", "v2"), "v2") == R"({"a":1} sea.example.org/v2)");
    CHECK(d.get("s", "v1") == R"({"a":1} sea.example.org/v1)");
    CHECK(d.get("s", "v2") == R"({"a":1} sea.example.org/v2)");
}

TEST_CASE("stored objects live longer than the description that they were made with") {
    auto d = desk(two_versions());
    REQUIRE(d.create(ship(R"({"a":1,"b":"x"})")) == R"({"a":1,"b":"x"} sea.example.org/v1)");
    d.known.reset();
    d.server.kinds().change([](api::registry& all) {
        auto const narrower = accepted_ships(schema_with(R"({"type":"integer"})"));
        for (auto& k : kube::custom_kinds_of(narrower)) all.replace(std::move(k));
    });
    CHECK(d.get("s", "v1") == R"({"a":1} sea.example.org/v1)");
}

TEST_CASE("a version that no longer exists is not served") {
    auto definition = two_versions();
    definition.spec.versions[1].served = false;
    CHECK(kube::custom_kinds_of(definition).size() == 1);
    definition.spec.versions[0].storage = false;
    CHECK(kube::custom_kinds_of(definition).empty());
}
