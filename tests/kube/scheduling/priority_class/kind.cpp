/// \file
/// How priority classes behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/scheduling/priority_class/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of priority classes shows their values") {
    auto p = kube::priority_class();
    p.metadata.name = "high";
    p.metadata.creation_timestamp = object::timestamp(new_year);
    p.value = 7;
    CHECK(headers_of(kube::priority_class_kind()) ==
          words{"Name", "Value", "Global-Default", "Age", "PreemptionPolicy"});
    CHECK(cells_of(kube::priority_class_kind(), p) == words{"high", "7", "false", "100s", "<none>"});
    p.preemption_policy.engage() = "Never";
    CHECK(cells_of(kube::priority_class_kind(), p)[4] == "Never");
}
