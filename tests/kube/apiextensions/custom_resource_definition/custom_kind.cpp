/// \file
/// Objects of custom kinds, through several versions.

#include "../../../fuzz/corpus.hpp"
#include "../../../fuzz/schemas.hpp"
#include "definitions.hpp"

#include <berth/api/encoding.hpp>
#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/custom_kind.hpp>

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
    auto create(std::string const& text, char const* version = "v1",
                api::field_validation validation = api::field_validation::strict) -> std::string {
        auto const& k = kind(version);
        notes.clear();
        auto reader = api::body_reader(*known, *k.resource, *k.type, validation, notes);
        auto read = reader.read(text);
        if (!read) return read.error().message;
        auto const made = api::create(server, std::move(*read).finish());
        return made ? spec_of(*made) : made.error().message;
    }
    auto get(char const* name, char const* version) -> std::string {
        auto const found = server.get(*kind(version).resource, {"default", name}, {});
        return found ? spec_of(*found) : found.error().message;
    }
    /// Applies a spec; answers the object's then, and who owns what of it, or what is wrong.
    auto apply(std::string const& who, std::string const& spec, bool force = false) -> std::string {
        auto options = api::patch_options();
        options.field_manager = who;
        options.force = force;
        auto const done =
            api::apply(server, *kind().resource, {"default", "s"},
                       R"({"apiVersion":"sea.example.org/v1","kind":"Ship","metadata":{"name":"s"},"spec":)" +
                           spec + "}",
                       options);
        if (!done) return done.error().message;
        auto out = spec_of(*done);
        for (auto const& e : (*done)->metadata().managed_fields)
            ((out += " " + e.manager) += ' ') += e.fields_v1.text();
        return out;
    }
    static auto spec_of(object::object_ref const& o) -> std::string {
        auto const document = boost::json::parse(api::encode(o));
        return boost::json::serialize(document.at("spec")) + " " +
               std::string(document.at("apiVersion").get_string());
    }

    api::memory_store store;
    api::server server{store,
                       api::registry(),
                       {.now = [] { return time_point{} + seconds(9); }, .seed = 1, .admission = {}}};
    api::registry_snapshot known;
    std::vector<std::string> notes; ///< warnings of the last creation
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

TEST_CASE("a document of another version is read by that version before it is refused") {
    auto definition = two_versions();
    definition.spec.versions.back().served = false;
    auto d = desk(definition);
    using enum api::field_validation;
    auto const refusal = [](std::string const& version) {
        return "the API version in the data (" + version +
               ") does not match the expected API version (sea.example.org/v1)";
    };
    using texts = std::vector<std::string>;
    auto const body = [](std::string const& version) {
        return R"({"apiVersion":")" + version + R"(","kind":"Ship","metadata":{"name":"s","odd":1},)" +
               R"("spec":{"b":"x","c":"y"},"spec":{"b":"x","c":"y"}})";
    };
    CHECK(d.create(body("sea.example.org/v2"), "v1", warn) == refusal("sea.example.org/v2"));
    CHECK(d.notes ==
          texts{"duplicate field \"spec\"", "unknown field \"metadata.odd\"", "unknown field \"spec.b\""});
    CHECK(d.create(body("sea.example.org/v9"), "v1", warn) == refusal("sea.example.org/v9"));
    CHECK(d.notes ==
          texts{"duplicate field \"spec\"", "unknown field \"metadata.odd\"", "unknown field \"spec\""});
    CHECK(d.create(body("land.example.org/v1"), "v1", warn) == refusal("land.example.org/v1"));
    CHECK(d.notes.empty());
    CHECK(d.create(body("sea.example.org/v2"), "v1", ignore) == refusal("sea.example.org/v2"));
    CHECK(d.notes.empty());
    CHECK(d.create(ship(R"({"b":"x"})", "v2")) ==
          "Ship in version \"v2\" cannot be handled as a Ship: strict decoding error: unknown field "
          "\"spec.b\"");
    CHECK(d.create(ship(R"({"c":"x"})", "v2")) == refusal("sea.example.org/v2"));
}

TEST_CASE("server-side apply goes by the schema, and what comes of it is pruned and defaulted") {
    auto d = desk(accepted_ships(R"({"type":"object","properties":{"spec":{"type":"object","properties":{
        "crew":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
        "a":{"type":"integer","default":3},
        "rig":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{
            "mast":{"type":"object","properties":{"b":{"type":"integer"}}}}}}}}})"));
    CHECK(d.apply("x", R"({"crew":["al"]})") ==
          R"({"a":3,"crew":["al"]} sea.example.org/v1 x {"f:spec":{"f:crew":{"v:\"al\"":{}}}})");
    CHECK(d.apply("y", R"({"crew":["bo"]})") ==
          R"({"a":3,"crew":["al","bo"]} sea.example.org/v1 x {"f:spec":{"f:crew":{"v:\"al\"":{}}}})"
          R"( y {"f:spec":{"f:crew":{"v:\"bo\"":{}}}})");
    CHECK(d.apply("x", "{}").starts_with(R"({"a":3,"crew":["bo"]})"));
    CHECK(d.apply("x", R"({"a":"x"})").ends_with(".spec.a: expected numeric (int or float), got string"));
    CHECK(d.apply("x", R"({"z":1})")
              .ends_with("/s; sea.example.org/v1, Kind=Ship): .spec.z: field not declared in schema"));
    // Nobody complains, but what no schema describes is not kept.
    CHECK(d.apply("x", R"({"rig":{"mast":{"b":1,"c":2},"d":3}})").find(R"("rig":{"d":3,"mast":{"b":1}})") !=
          std::string::npos);
}

TEST_CASE("who applies a status owns nothing else, whatever is stated besides") {
    auto definition = accepted_ships(R"({"type":"object","properties":{
        "spec":{"type":"object","properties":{"a":{"type":"integer"}}},
        "status":{"type":"object","properties":{"b":{"type":"integer"}}}}})");
    definition.spec.versions.front().subresources.engage().status.engage();
    auto d = desk(definition);
    REQUIRE(d.apply("x", R"({"a":1})").starts_with(R"({"a":1})"));
    auto options = api::patch_options();
    options.field_manager = "y";
    options.subresource = "status";
    auto const done = api::apply(
        d.server, *d.kind().resource, {"default", "s"},
        R"({"apiVersion":"sea.example.org/v1","kind":"Ship","metadata":{"name":"s"},"spec":{"a":2},)"
        R"("status":{"b":1}})",
        options);
    REQUIRE((done ? std::string() : done.error().message) == "");
    auto const text = api::encode(*done);
    CHECK(text.find(R"("spec":{"a":1})") != std::string::npos);
    CHECK(text.find(R"("fieldsV1":{"f:status":{"f:b":{}}})") != std::string::npos);
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

TEST_CASE("no kept schema and no object of it makes trouble") {
    for (auto const& bytes : berth::tests::corpus("schemas")) berth::fuzz::check_against_schema(bytes);
}

TEST_CASE("a body that is null is no custom object, and the scale of one can be applied") {
    auto d = accepted_ships(R"({"type":"object","properties":{"spec":{"type":"object","properties":)"
                            R"({"masts":{"type":"integer"}}}}})");
    auto& scale = d.spec.versions[0].subresources.engage().scale.engage();
    scale.spec_replicas_path = ".spec.masts";
    scale.status_replicas_path = ".status.masts";
    auto there = desk(d);
    CHECK(there.create("null") ==
          "the object provided is unrecognized (must be of type Ship): Object 'Kind' is missing in 'null' "
          "(6e756c6c)");
    CHECK(there.create(ship(R"({"masts":2})")).starts_with(R"({"masts":2})"));
    auto options = api::patch_options();
    options.field_manager = "sailor";
    auto const nothing = api::apply(there.server, *there.kind().resource, {"default", "s"}, "null", options);
    CHECK(nothing.error().message == "invalid object type: /, Kind=");
    options.subresource = "scale";
    options.force = true;
    auto const done = api::apply(there.server, *there.kind().resource, {"default", "s"},
                                 R"({"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"s",)"
                                 R"("namespace":"default"},"spec":{"replicas":5}})",
                                 options);
    CHECK((done ? "" : done.error().message) == "");
    CHECK(there.get("s", "v1").starts_with(R"({"masts":5})"));
}

TEST_CASE("a patch may not take the version of a custom object away") {
    auto there = desk(two_versions());
    REQUIRE(there.create(ship(R"({"b":"x"})")).starts_with(R"({"a":3)"));
    auto const patch = api::patch{api::patch_type::json, R"([{"op":"remove","path":"/apiVersion"}])"};
    auto const done = there.server.patch(*there.kind().resource, {"default", "s"}, patch, {});
    REQUIRE_FALSE(done);
    CHECK(done.error().code == error_code::internal);
    CHECK(done.error().message == "Internal error occurred: Object 'apiVersion' is missing in 'object has no "
                                  "apiVersion field'");
}
