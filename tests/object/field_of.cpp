#include <berth/object/field_of.hpp>
#include <berth/object/meta.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>

using namespace berth;

namespace {

struct ship {
    std::string rig;
    std::int32_t masts = 0;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(ship, "", (rig, .values = ",ketch,sloop"), (masts, .minimum = 1, .maximum = 7))
};

} // namespace

TEST_CASE("a pointer to a member finds its description") {
    CHECK(object::field_of(&ship::rig).name == "rig");
    CHECK(object::field_of(&ship::masts).details->maximum == 7);
    CHECK(object::field_of(&object::meta::owner_references).name == "ownerReferences");
}

TEST_CASE("a member that is not described has no description") {
    CHECK_THROWS_AS(object::field_of(&ship::unknown), std::logic_error);
}

TEST_CASE("allowed texts are those that the description names") {
    auto const& rig = object::field_of(&ship::rig);
    CHECK(object::is_allowed(rig, ""));
    CHECK(object::is_allowed(rig, "sloop"));
    CHECK_FALSE(object::is_allowed(rig, "slo"));
    CHECK_FALSE(object::is_allowed(rig, "ketch,sloop"));
    CHECK(object::is_allowed(object::field_of(&object::meta::name), "anything"));
}

TEST_CASE("bounds are inclusive") {
    auto const& masts = object::field_of(&ship::masts);
    CHECK_FALSE(object::is_in_bounds(masts, 0));
    CHECK(object::is_in_bounds(masts, 1));
    CHECK(object::is_in_bounds(masts, 7));
    CHECK_FALSE(object::is_in_bounds(masts, 8));
}
