/// \file
/// Names are accepted where they are free.

#include "definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/conditions.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

namespace {

auto const now = time_point{} + seconds(5);

auto condition(kube::custom_resource_definition const& d, char const* type) -> std::string {
    auto const* const c = object::find_condition(d.status.conditions, type);
    return c == nullptr ? "none" : c->status + " " + c->reason + ": " + c->message;
}

} // namespace

TEST_CASE("who has free names is established") {
    auto const d = kube::with_accepted_names(ships(), {}, now);
    CHECK(condition(d, "NamesAccepted") == "True NoConflicts: no conflicts found");
    CHECK(condition(d, "Established") == "True InitialNamesAccepted: the initial names have been accepted");
    CHECK(d.status.accepted_names == d.spec.names);
    CHECK(kube::is_established(d));
}

TEST_CASE("a name that is taken is told, and the others are accepted") {
    auto const d = kube::with_accepted_names(ships(), {{"ship"}, {"Ship"}}, now);
    CHECK(condition(d, "NamesAccepted") == "False KindConflict: \"Ship\" is already in use");
    CHECK(condition(d, "Established") == "False NotAccepted: not all names are accepted");
    CHECK(d.status.accepted_names.plural == "ships");
    CHECK(d.status.accepted_names.singular.empty());
}

TEST_CASE("who is established stays so, also when a new name is taken") {
    auto d = kube::with_accepted_names(ships(), {}, now);
    d.spec.names.short_names = {"sh"};
    auto const later = kube::with_accepted_names(d, {{"sh"}, {}}, now + seconds(1));
    CHECK(condition(later, "NamesAccepted") == "False ShortNamesConflict: \"sh\" is already in use");
    CHECK(kube::is_established(later));
    CHECK(object::find_condition(later.status.conditions, "Established")->last_transition_time ==
          object::timestamp(now));
}
