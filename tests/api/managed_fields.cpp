/// \file
/// Who owns which fields of an object: writes and applies through the API.

#include "kinds.hpp"

#include <berth/api/managed_fields.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace berth;
using namespace yard;

namespace {

auto const red = object::key{"bay", "red"};

/// A server, and what somebody asks of its boat.
struct harbour : desk {
    auto apply(std::string_view who, std::string_view rest, bool force = false, std::string subresource = {})
        -> result<object::object_ref> {
        auto o = api::patch_options{};
        o.field_manager = who;
        o.force = force;
        o.subresource = std::move(subresource);
        auto const kind = o.subresource == "scale" ? R"("apiVersion":"autoscaling/v1","kind":"Scale")"
                                                   : R"("apiVersion":"test/v1","kind":"Boat")";
        return api::apply(server, boat::resource, red,
                          "{" + std::string(kind) + R"(,"metadata":{"name":"red"})" + std::string(rest) + "}",
                          o);
    }
    auto patch(std::string_view who, std::string body, std::string subresource = {}) -> void {
        auto o = api::patch_options{};
        o.field_manager = who;
        o.subresource = std::move(subresource);
        auto const done =
            api::patch_object(server, boat::resource, red, {api::patch_type::merge, std::move(body)}, o);
        REQUIRE(done);
    }
    auto create(std::string_view who) -> void {
        auto o = api::create_options{};
        o.field_manager = who;
        REQUIRE(api::create(server, make_boat("red", "blue", 2), o));
    }
    auto now() -> boat { return *api::get<boat>(server, red).value(); }
    /// `manager operation version [subresource] fields`, a line each.
    auto owners() -> std::string {
        auto out = std::string();
        for (auto const& e : now().metadata.managed_fields) {
            out += e.manager + " " + e.operation + " " + e.api_version + " ";
            if (!e.subresource.empty()) out += e.subresource + " ";
            (out += e.fields_v1.text()) += "\n";
        }
        return out;
    }
};

auto refusal(result<object::object_ref> const& r) -> std::string { return r ? "" : r.error().message; }

} // namespace

TEST_CASE("an apply creates what is not there, and owns what it states") {
    auto h = harbour();
    auto const made = h.apply("a", R"(,"spec":{"seats":3,"marks":{"x":"1"}})");
    REQUIRE(made);
    CHECK(h.now().spec.color == "white");
    CHECK(h.owners() == "a Apply test/v1 {\"f:spec\":{\"f:marks\":{\"f:x\":{}},\"f:seats\":{}}}\n");
}

TEST_CASE("an update owns what it changed, and takes it from whoever had it") {
    auto h = harbour();
    h.create("maker");
    CHECK(h.owners() == "maker Update test/v1 {\"f:spec\":{\".\":{},\"f:color\":{},\"f:seats\":{}}}\n");
    h.patch("other", R"({"spec":{"seats":5}})");
    h.patch("watch", R"({"status":{"afloat":true}})", "status");
    CHECK(h.owners() == "maker Update test/v1 {\"f:spec\":{\".\":{},\"f:color\":{}}}\n"
                        "other Update test/v1 {\"f:spec\":{\"f:seats\":{}}}\n"
                        "watch Update test/v1 status {\"f:status\":{\".\":{},\"f:afloat\":{}}}\n");
}

TEST_CASE("a conflict tells who owns what, and changes nothing") {
    auto h = harbour();
    h.create("maker");
    REQUIRE(h.apply("a", R"(,"spec":{"marks":{"x":"1"}})"));
    auto const one = h.apply("b", R"(,"spec":{"seats":9})");
    CHECK(refusal(one) == "Apply failed with 1 conflict: conflict with \"maker\" using test/v1: .spec.seats");
    REQUIRE(!one);
    CHECK(one.error().code == error_code::conflict);
    CHECK(one.error().details.causes ==
          std::vector<error_cause>{
              {"FieldManagerConflict", "conflict with \"maker\" using test/v1", ".spec.seats"}});
    CHECK(refusal(h.apply("b", R"(,"spec":{"seats":9,"color":"red","marks":{"x":"2"}})")) ==
          "Apply failed with 3 conflicts: conflicts with \"a\":\n- .spec.marks.x\n"
          "conflicts with \"maker\" using test/v1:\n- .spec.color\n- .spec.seats");
    CHECK(h.now().spec.seats == 2);
    REQUIRE(h.apply("b", R"(,"spec":{"seats":9})", true));
    CHECK(h.now().spec.seats == 9);
    CHECK(h.owners().find("b Apply test/v1 {\"f:spec\":{\"f:seats\":{}}}") != std::string::npos);
}

TEST_CASE("what an applier no longer states goes, unless somebody else has it") {
    auto h = harbour();
    REQUIRE(h.apply("a", R"(,"spec":{"marks":{"x":"1","y":"2"}})"));
    REQUIRE(h.apply("b", R"(,"spec":{"marks":{"y":"2"}})"));
    REQUIRE(h.apply("a", R"(,"spec":{"seats":1})"));
    CHECK(h.now().spec.marks == object::string_map{{"y", "2"}});
}

TEST_CASE("an apply that says nothing new changes nothing, not even a time") {
    auto h = harbour();
    auto const first = h.apply("a", R"(,"spec":{"seats":3})");
    h.clock.advance(seconds(60));
    auto const again = h.apply("a", R"(,"spec":{"seats":3})");
    REQUIRE((first && again));
    CHECK(first->rev == again->rev);
    h.patch("maker", R"({"spec":{"seats":3}})");
    CHECK(h.server.get(boat::resource, red, {})->rev == first->rev);
}

TEST_CASE("who wrote before anybody kept books is noted at the first apply") {
    auto h = harbour();
    auto nobody = h.server.as({.user = "x"});
    REQUIRE(api::create(nobody, make_boat("red", "blue", 2)));
    h.patch("u", R"({"spec":{"marks":{"x":"1"}}})");
    CHECK(h.owners().empty());
    REQUIRE(h.apply("a", R"(,"spec":{"seats":2})"));
    CHECK(h.owners().find("before-first-apply Update test/v1 {\"f:spec\":{\".\":{},\"f:color\":{},"
                          "\"f:marks\":{\".\":{},\"f:x\":{}},\"f:seats\":{}}}") != std::string::npos);
}

TEST_CASE("managed fields can be written, and forgotten, but no nonsense") {
    auto h = harbour();
    h.create("maker");
    auto const before = h.owners();
    h.patch("u", R"({"metadata":{"managedFields":[{"manager":"m","operation":"Eat"}]}})");
    CHECK(h.owners() == before);
    h.patch("u", R"({"metadata":{"managedFields":[{"manager":"m","operation":"Apply","apiVersion":"test/v1",
        "fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:seats":{},"f:color":{}}}}]}})");
    CHECK(h.owners() == "m Apply test/v1 {\"f:spec\":{\"f:color\":{},\"f:seats\":{}}}\n");
    h.patch("u", R"({"metadata":{"managedFields":[{}]}})");
    CHECK(h.owners().empty());
}

TEST_CASE("of many managers that updated an object the oldest are one") {
    auto h = harbour();
    h.create("maker");
    for (auto n = 0; n < 15; ++n) {
        h.clock.advance(seconds(1));
        h.patch("m" + std::to_string(n), R"({"spec":{"marks":{"x)" + std::to_string(n) + R"(":"1"}}})");
    }
    auto const& entries = h.now().metadata.managed_fields;
    REQUIRE(entries.size() == api::most_updaters);
    CHECK(entries.front().manager == api::ancient_manager);
    CHECK(entries.back().manager == "m14");
}

TEST_CASE("the status is applied through its subresource, and only there") {
    auto h = harbour();
    h.create("maker");
    REQUIRE(h.apply("a", R"(,"status":{"afloat":true},"spec":{"color":"blue"})", false, "status"));
    CHECK(h.now().status.afloat);
    CHECK(h.owners().find("a Apply test/v1 status {\"f:status\":{\"f:afloat\":{}}}\n") != std::string::npos);
    REQUIRE(h.apply("b", R"(,"status":{"seated":1},"spec":{"marks":{"x":"1"}})"));
    CHECK(h.now().status.seated == 0);
    CHECK(h.owners().find("b Apply test/v1 {\"f:spec\":{\"f:marks\":{\"f:x\":{}}}}\n") != std::string::npos);
}

TEST_CASE("a scale is applied, and owns the replicas of its object") {
    auto h = harbour();
    h.create("maker");
    CHECK(refusal(h.apply("a", R"(,"spec":{"replicas":7})", false, "scale")) ==
          "Apply failed with 1 conflict: conflict with \"maker\" using test/v1: .spec.replicas");
    REQUIRE(h.apply("a", R"(,"spec":{"replicas":7})", true, "scale"));
    CHECK(h.now().spec.seats == 7);
    CHECK(h.owners() == "a Apply test/v1 scale {\"f:spec\":{\"f:seats\":{}}}\n"
                        "maker Update test/v1 {\"f:spec\":{\".\":{},\"f:color\":{}}}\n");
}

TEST_CASE("kubectl goes over from client-side to server-side apply without conflicts") {
    auto h = harbour();
    auto o = api::create_options{};
    o.field_manager = "kubectl-client-side-apply";
    auto b = make_boat("red", "blue", 2);
    b.metadata.annotations[std::string(api::last_applied_annotation)] =
        R"({"apiVersion":"test/v1","kind":"Boat","metadata":{"name":"red"},)"
        R"("spec":{"color":"blue","seats":2}})";
    REQUIRE(api::create(h.server, b, o));
    CHECK(!h.apply("other", R"(,"spec":{"seats":3})"));
    REQUIRE(h.apply("kubectl", R"(,"spec":{"color":"blue","seats":3})"));
    CHECK(h.now().spec.seats == 3);
    CHECK(h.now().metadata.annotations.get(api::last_applied_annotation) ==
          "{\"apiVersion\":\"test/v1\",\"kind\":\"Boat\",\"metadata\":{\"name\":\"red\"},"
          "\"spec\":{\"color\":\"blue\",\"seats\":3}}\n");
}

TEST_CASE("what cannot be applied is refused") {
    auto h = harbour();
    h.create("maker");
    CHECK(refusal(h.apply("", "")).find("fieldManager: Required value") != std::string::npos);
    CHECK(refusal(h.apply("a", R"(,"spec":{"sails":1})")) ==
          "failed to create typed patch object (/red; test/v1, Kind=Boat): "
          ".spec.sails: field not declared in schema");
    CHECK(refusal(h.apply("a", R"(,"kind":"Pier")")) == "invalid object type: test/v1, Kind=Pier");
    CHECK(refusal(h.apply("a", R"(,"metadata":{"name":"red","managedFields":[]})")) ==
          "metadata.managedFields must be nil");
    CHECK(refusal(h.apply("a", R"(,"metadata":{"name":"blue"})")) ==
          "the name of the object (blue) does not match the name on the URL (red)");
    CHECK(refusal(h.apply("a", R"(,"metadata":{"name":"red","resourceVersion":"1000"})"))
              .find("the object has been modified") != std::string::npos);
}

TEST_CASE("objects that were written alike share what they own") {
    auto h = harbour();
    auto o = api::create_options{};
    o.field_manager = "maker";
    auto const one = api::create(h.server, make_boat("red"), o).value();
    auto const other = api::create(h.server, make_boat("blue"), o).value();
    CHECK(one->metadata.managed_fields[0].fields_v1.same(other->metadata.managed_fields[0].fields_v1));
}
