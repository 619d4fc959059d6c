/// \file
/// How config maps behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/core/config_map/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of config maps counts their keys, of texts and of bytes") {
    auto c = kube::config_map();
    c.metadata.name = "c";
    c.metadata.creation_timestamp = object::timestamp(new_year);
    c.data["a"] = "1";
    c.binary_data["b"] = {"2"};
    CHECK(headers_of(kube::config_map_kind()) == words{"Name", "Data", "Age"});
    CHECK(cells_of(kube::config_map_kind(), c) == words{"c", "2", "100s"});
}
