/// \file
/// How limit ranges behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/core/limit_range/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of limit ranges shows when they were made") {
    auto l = kube::limit_range();
    l.metadata.name = "small";
    l.metadata.creation_timestamp = object::timestamp(new_year);
    auto const k = kube::limit_range_kind();
    CHECK(headers_of(k) == std::vector<std::string>{"Name", "Created At"});
    CHECK(cells_of(k, l) == std::vector<std::string>{"small", object::timestamp(new_year).to_string()});
}
