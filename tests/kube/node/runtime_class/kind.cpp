/// \file
/// The table of runtime classes.

#include "../../table.hpp"

#include <berth/kube/node/runtime_class/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of runtime classes shows their handlers") {
    auto c = kube::runtime_class();
    c.metadata.name = "fast";
    c.metadata.creation_timestamp = object::timestamp(new_year);
    c.handler = "kata";
    CHECK(cells_of(kube::runtime_class_kind(), c) == std::vector<std::string>{"fast", "kata", "100s"});
}
