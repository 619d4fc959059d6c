/// \file
/// Metadata, owners, conditions, and the leaf types of objects in JSON.

#include <berth/object/codec.hpp>
#include <berth/object/meta.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace berth;

TEST_CASE("metadata is read and written in the order of Kubernetes") {
    constexpr auto text = std::string_view(
        R"({"name":"n","generateName":"g","namespace":"s","uid":"u","resourceVersion":"4","generation":2,)"
        R"("creationTimestamp":"2026-01-01T00:00:00Z","deletionTimestamp":"2026-01-01T00:00:01Z",)"
        R"("deletionGracePeriodSeconds":0,"labels":{"a":"b"},"annotations":{"c":"d"},"ownerReferences":)"
        R"([{"apiVersion":"v1","kind":"K","name":"o","uid":"w","controller":true}],"finalizers":["f"],)"
        R"("managedFields":[{"manager":"m","fieldsV1":{"f:spec":{}}}],"newer":1})");
    auto const json = boost::json::parse({text.data(), text.size()});
    auto const m = object::from_json<object::meta>(json);
    REQUIRE(m);
    CHECK(m->deleting());
    CHECK(m->deletion_grace_period_seconds == 0);
    CHECK(object::to_json_text(*m) == text);
    CHECK(object::to_json_text(object::meta()) == "{}");
}

TEST_CASE("a key is a namespace and a name") {
    auto m = object::meta();
    m.name = "n";
    CHECK(m.where().to_string() == "n");
    m.namespace_ = "s";
    CHECK(m.where().to_string() == "s/n");
    CHECK(m.where() == object::key{"s", "n"});
    CHECK(object::key{"a", "z"} < object::key{"b", "a"});
    CHECK_FALSE(m.deleting());
}

TEST_CASE("the controller is the owner that says so") {
    auto m = object::meta();
    CHECK(object::controller_of(m) == nullptr);
    m.owner_references.resize(3);
    m.owner_references[1].controller = false;
    CHECK(object::controller_of(m) == nullptr);
    m.owner_references[2].controller = true;
    CHECK(object::controller_of(m) == &m.owner_references[2]);
}

TEST_CASE("a condition is found by its type and may be changed there") {
    auto conditions = std::vector<object::condition>(2);
    conditions[0].type = "Ready";
    conditions[1].type = "Healthy";
    REQUIRE(object::find_condition(conditions, "Healthy") == &conditions[1]);
    object::find_condition(conditions, "Healthy")->status = "True";
    CHECK(conditions[1].status == "True");
    CHECK(object::find_condition(conditions, "Other") == nullptr);
    auto const& fixed = conditions;
    CHECK(object::find_condition(fixed, "Ready") == &conditions[0]);
    CHECK(object::to_json_text(object::condition()) ==
          R"({"type":"","status":"","lastTransitionTime":null,"reason":"","message":""})");
}
