/// \file
/// What must hold between a request, its body and what is there.

#include "kinds.hpp"

#include <berth/api/preconditions.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace yard;
using enum error_code;

TEST_CASE("a new object takes the namespace of its request") {
    auto const boats = api::kind(boat_kind());
    auto const piers = api::kind(api::kind_of<pier>{});
    auto m = object::meta();
    CHECK(api::settle_namespace(boats, "bay", m));
    CHECK(m.namespace_ == "bay");
    CHECK(api::settle_namespace(boats, "sea", m).error().code == bad_request);
    CHECK(api::settle_namespace(piers, "", m));
    CHECK(m.namespace_.empty());
}

TEST_CASE("a body and its path name the same object") {
    auto const boats = api::kind(boat_kind());
    auto const t = api::target{&boats, "bay", "red", ""};
    auto m = object::meta();
    CHECK(api::check_name(t, m).error().message.ends_with("undeterminable: name must be provided"));
    m.name = "blue";
    CHECK(api::check_name(t, m).error().code == bad_request);
    m.name = "red";
    CHECK(api::check_name(t, m));
    CHECK(m.namespace_ == "bay");
    m.namespace_ = "sea";
    CHECK(api::check_name(t, m).error().code == bad_request);
}

TEST_CASE("a deletion's uid and revision are told apart when they do not hold") {
    auto const boats = api::kind(boat_kind());
    auto b = make_boat("red");
    b.metadata.uid = "u";
    auto const current = object::object_ref{object::any_object(b), 5};
    auto o = api::delete_options{};
    CHECK(api::check_preconditions(boats, current, o));
    o.expected_uid = "u";
    o.expected_resource_version = "5";
    CHECK(api::check_preconditions(boats, current, o));
    o.expected_resource_version = "4";
    CHECK(api::check_preconditions(boats, current, o).error().message.find("ResourceVersion") !=
          std::string::npos);
    o.expected_uid = "v";
    CHECK(api::check_preconditions(boats, current, o).error().message.find("the UID in") !=
          std::string::npos);
    CHECK(api::check_preconditions(boats, current, o).error().code == conflict);
}

TEST_CASE("an update is of the object and the revision that it names") {
    auto const boats = api::kind(boat_kind());
    auto const ferries = api::kind(ferry_kind());
    auto b = make_boat("red");
    b.metadata.uid = "u";
    auto const current = object::object_ref{object::any_object(b), 5};
    auto const t = api::target{&boats, "bay", "red", ""};
    auto m = object::meta();
    CHECK(api::check_update(t, m, current, 0));
    CHECK(api::check_update(t, m, current, 5));
    CHECK(api::check_update(t, m, current, 4).error().code == conflict);
    CHECK(api::check_revision({&ferries, "bay", "red", ""}, current, 0).error().code == invalid);
    m.uid = "v";
    auto const other = api::check_update(t, m, current, 0);
    REQUIRE_FALSE(other);
    CHECK(other.error().code == conflict);
    CHECK(other.error().message.ends_with(
        "StorageError: invalid object, Code: 4, Key: /boats/bay/red, ResourceVersion: 0, AdditionalErrorMsg: "
        "Precondition failed: UID in precondition: v, UID in object meta: u"));
}
