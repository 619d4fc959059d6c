/// \file
/// What writers of definitions are warned of.

#include "definitions.hpp"

#include <berth/kube/apiextensions/custom_resource_definition/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;
using namespace test;

TEST_CASE("formats that nobody knows are told when they come") {
    auto const d = ships(schema_with(R"({"type":"string","format":"hue"})"));
    CHECK(kube::warnings_of(d, nullptr) == std::vector<std::string>{"unrecognized format \"hue\""});
    CHECK(kube::warnings_of(d, &d).empty());
    CHECK(kube::warnings_of(ships(), nullptr).empty());
}

TEST_CASE("rules are kept, and their writer is told that nobody enforces them") {
    auto const d =
        ships(schema_with(R"({"type":"integer","x-kubernetes-validations":[{"rule":"self > 1"}]})"));
    CHECK(kube::warnings_of(d, nullptr).size() == 1);
}
