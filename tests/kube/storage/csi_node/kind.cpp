/// \file
/// How the drivers of nodes behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/storage/csi_node/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of the drivers of nodes counts them") {
    auto n = kube::csi_node();
    n.metadata.name = "n";
    n.metadata.creation_timestamp = object::timestamp(new_year);
    CHECK(headers_of(kube::csi_node_kind()) == words{"Name", "Drivers", "Age"});
    n.spec.drivers.emplace_back().name = "example.com";
    CHECK(cells_of(kube::csi_node_kind(), n) == words{"n", "1", "100s"});
    CHECK_FALSE(kube::csi_node_kind().unconditional_update);
}
