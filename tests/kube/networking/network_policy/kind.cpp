/// \file
/// The table of network policies.

#include "../../table.hpp"

#include <berth/kube/networking/network_policy/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of network policies shows which pods they are about") {
    auto p = kube::network_policy();
    p.metadata.name = "deny";
    p.metadata.creation_timestamp = object::timestamp(new_year);
    auto const k = kube::network_policy_kind();
    CHECK(cells_of(k, p) == std::vector<std::string>{"deny", "<none>", "100s"});
    p.spec.pod_selector.match_labels["app"] = "web";
    CHECK(cells_of(k, p)[1] == "app=web");
}
