/// \file
/// What a step of a request may know of the world: typed, and errors stay errors.

#include "kinds.hpp"

#include <berth/api/admission_world.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace yard;

TEST_CASE("an object is found by its type, under the kind's name") {
    auto asked = std::string();
    auto const world = api::admission_world{
        .find = [&](object::resource_name const& r, object::key const& k) -> result<object::any_object> {
            asked = std::string(r.plural) + " " + k.namespace_ + "/" + k.name;
            return object::any_object(make_boat(k.name, "green"));
        },
        .list = {},
        .write_status = {},
        .remove = {},
        .now = {}};
    auto const found = world.find_as<boat>({"bay", "a"});
    REQUIRE(found);
    CHECK(asked == "boats bay/a");
    CHECK((*found)->spec.color == "green");
    CHECK(found->revision_of() == 0);
}

TEST_CASE("what cannot be read now is not what is not there") {
    for (auto const code : {error_code::not_found, error_code::unavailable}) {
        auto const world = api::admission_world{
            .find = [&](auto const&, auto const&) -> result<object::any_object> { return fail(code, "why"); },
            .list = {},
            .write_status = {},
            .remove = {},
            .now = {}};
        auto const found = world.find_as<boat>({"bay", "a"});
        REQUIRE_FALSE(found);
        CHECK(found.error().code == code);
        CHECK(found.error().message == "why");
    }
}
