#include <berth/api/check_field.hpp>
#include <berth/object/meta.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>

using namespace berth;

namespace {

struct ship {
    std::string rig;
    object::boxed<std::string> flag;
    std::int32_t masts = 0;
    std::optional<std::int64_t> crew;
    std::int64_t draught = 0;
    object::list<object::condition> marks;
    std::string motto;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(ship, "", (rig, .values = "sloop,ketch"), (flag, .values = "red,white"),
                   (masts, .minimum = 1, .maximum = 7), (crew, .minimum = 0), (draught, .maximum = 9),
                   (marks, .max_size = 2), (motto, .max_size = 4))
};

/// `FIELD: MESSAGE` of all that is wrong.
auto told(api::field_errors const& errors) -> std::string {
    auto out = std::string();
    for (auto const& c : errors.causes()) out += c.field + ": " + c.message + "\n";
    return out;
}

auto const spec = api::field_path("spec");

} // namespace

TEST_CASE("texts that are not allowed are refused in the order of the description") {
    auto errors = api::field_errors();
    auto s = ship{};
    s.rig = "brig";
    CHECK_FALSE(api::check_allowed(s, &ship::rig, spec, errors));
    CHECK(api::check_allowed(s, &ship::flag, spec, errors));
    s.flag = std::string("blue");
    CHECK_FALSE(api::check_allowed(s, &ship::flag, spec, errors));
    CHECK(told(errors) == "spec.rig: Unsupported value: \"brig\": supported values: \"sloop\", \"ketch\"\n"
                          "spec.flag: Unsupported value: \"blue\": supported values: \"red\", \"white\"\n");
    CHECK(errors.causes().front().reason == "FieldValueNotSupported");
}

TEST_CASE("an empty text is missing where one is required") {
    auto errors = api::field_errors();
    auto s = ship{};
    auto const wanted = "valid values: " + api::shown_allowed(object::field_of(&ship::rig));
    CHECK_FALSE(api::require_allowed(s, &ship::rig, spec, errors, wanted));
    CHECK(api::require_allowed(s, &ship::flag, spec, errors));
    CHECK(told(errors) == "spec.rig: Required value: valid values: [\"sloop\" \"ketch\"]\n");
}

TEST_CASE("numbers out of their bounds are refused in the words of the bounds") {
    auto errors = api::field_errors();
    auto s = ship{};
    s.masts = 8;
    s.crew = -1;
    s.draught = 10;
    api::check_bounds(s, spec, errors);
    CHECK(told(errors) == "spec.masts: Invalid value: 8: must be between 1 and 7, inclusive\n"
                          "spec.crew: Invalid value: -1: must be greater than or equal to 0\n"
                          "spec.draught: Invalid value: 10: must be less than or equal to 9\n");
}

TEST_CASE("one number can be checked at its place") {
    auto errors = api::field_errors();
    auto s = ship{};
    CHECK(api::check_bounds(s, &ship::crew, spec, errors));
    CHECK_FALSE(api::check_bounds(s, &ship::masts, spec, errors));
    CHECK(told(errors) == "spec.masts: Invalid value: 0: must be between 1 and 7, inclusive\n");
}

TEST_CASE("lists and texts have greatest sizes") {
    auto errors = api::field_errors();
    api::check_most(object::field_of(&ship::marks), 3, spec.child("marks"), errors);
    api::check_most(object::field_of(&ship::marks), 2, spec.child("marks"), errors);
    api::check_longest(object::field_of(&ship::motto), "ahoy!", spec.child("motto"), errors);
    CHECK(told(errors) == "spec.marks: Too many: 3: must have at most 2 items\n"
                          "spec.motto: Too long: may not be more than 4 bytes\n");
}
