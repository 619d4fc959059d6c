/// \file
/// How classes of ingresses behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/networking/ingress_class/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("parameters are the cluster's, unless they say more, and are shown by their kind") {
    auto c = kube::ingress_class();
    c.metadata.name = "fast";
    c.metadata.creation_timestamp = object::timestamp(new_year);
    c.spec.controller = "example.com/fast";
    auto const k = kube::ingress_class_kind();
    CHECK(cells_of(k, c) == std::vector<std::string>{"fast", "example.com/fast", "<none>", "100s"});
    auto& p = c.spec.parameters.engage();
    p.kind = "Settings";
    p.name = "a";
    p.api_group = std::string("example.com");
    k.set_defaults(c);
    CHECK(*p.scope == "Cluster");
    CHECK(cells_of(k, c)[2] == "Settings.example.com/a");
}
