/// \file
/// How endpoint slices behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/discovery/endpoint_slice/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a change of a slice's endpoints or labels is a new generation") {
    auto const k = kube::endpoint_slice_kind();
    auto before = kube::endpoint_slice();
    before.metadata.generation = 1;
    auto now = before;
    now.metadata.annotations["a"] = "b";
    k.prepare_update(now, before);
    CHECK(now.metadata.generation == 1);
    now.metadata.labels["a"] = "b";
    k.prepare_update(now, before);
    CHECK(now.metadata.generation == 2);
}

TEST_CASE("the table of slices shows three ports and three addresses") {
    auto const k = kube::endpoint_slice_kind();
    auto s = kube::endpoint_slice();
    s.metadata.name = "web";
    s.metadata.creation_timestamp = object::timestamp(new_year);
    s.address_type = "IPv4";
    CHECK(cells_of(k, s) == std::vector<std::string>{"web", "IPv4", "<unset>", "<unset>", "100s"});
    s.ports.emplace_back().port = 80;
    s.ports.emplace_back().name = std::string("metrics");
    s.endpoints.emplace_back().addresses = {"1", "2"};
    s.endpoints.emplace_back().addresses = {"3", "4", "5"};
    CHECK(cells_of(k, s) ==
          std::vector<std::string>{"web", "IPv4", "80,metrics", "1,2,3 + 2 more...", "100s"});
    k.set_defaults(s);
    CHECK(*s.ports[0].protocol == "TCP");
    CHECK(s.ports[0].name->empty());
}
