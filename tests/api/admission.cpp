/// \file
/// How requests are refused by admission.

#include "kinds.hpp"

#include <berth/api/admission.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace yard;

namespace {

auto refusal_of(boat const& b, std::string name = {}) -> berth::error {
    static auto const k = api::kind(boat_kind());
    static auto const who = api::identity();
    auto warnings = std::vector<std::string>();
    auto object = object::draft(object::any_object(b));
    auto const request = api::admission_request{.op = api::admission_request::operation::create,
                                                .of = k,
                                                .namespace_ = "bay",
                                                .name = std::move(name),
                                                .subresource = {},
                                                .object = &object,
                                                .before = {},
                                                .dry_run = false,
                                                .warnings = warnings,
                                                .who = who};
    return api::refused(request, "no room").error();
}

} // namespace

TEST_CASE("what is refused is told by its name, or by the beginning of the one it would get") {
    auto const named = refusal_of(make_boat("red"), "red");
    CHECK(named.code == error_code::forbidden);
    CHECK(named.details.name == "red");
    CHECK(named.message.find("\"red\" is forbidden: no room") != std::string::npos);
    auto unnamed = make_boat("");
    unnamed.metadata.generate_name = "tug-";
    CHECK(refusal_of(unnamed).message.find("\"tug-\" is forbidden: no room") != std::string::npos);
    CHECK(refusal_of(make_boat("late")).details.name == "late");
}
