/// \file
/// How endpoints behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/core/endpoints/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of endpoints shows three of them, and counts the rest") {
    auto e = kube::endpoints();
    e.metadata.name = "web";
    e.metadata.creation_timestamp = object::timestamp(new_year);
    auto const k = kube::endpoints_kind();
    CHECK(cells_of(k, e) == std::vector<std::string>{"web", "<none>", "100s"});
    auto& s = e.subsets.emplace_back();
    s.addresses.emplace_back().ip = "192.0.2.7";
    s.addresses.emplace_back().ip = "2001:db8::7";
    CHECK(cells_of(k, e)[1] == "192.0.2.7,2001:db8::7");
    s.ports.emplace_back().port = 80;
    s.ports.emplace_back().port = 81;
    CHECK(cells_of(k, e)[1] == "192.0.2.7:80,[2001:db8::7]:80,192.0.2.7:81 + 1 more...");
}

TEST_CASE("ports of endpoints are those of TCP unless they say otherwise, and endpoints are of old times") {
    auto e = kube::endpoints();
    e.subsets.emplace_back().ports.emplace_back().port = 80;
    auto const k = kube::endpoints_kind();
    k.set_defaults(e);
    CHECK(e.subsets[0].ports[0].protocol == "TCP");
    CHECK(k.deprecation == "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
}
