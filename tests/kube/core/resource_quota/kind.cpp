/// \file
/// How resource quotas behave in the API, and their table.

#include "../../complaints.hpp"
#include "../../table.hpp"

#include <berth/kube/core/resource_quota/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of resource quotas shows what is used of requests and of limits") {
    auto q = named<kube::resource_quota>("team");
    q.metadata.creation_timestamp = object::timestamp(new_year);
    auto const k = kube::resource_quota_kind();
    CHECK(cells_of(k, q) == std::vector<std::string>{"team", "", "", "100s"});
    q.status.hard["pods"] = quantity("10");
    q.status.hard["limits.cpu"] = quantity("2");
    q.status.hard["requests.cpu"] = quantity("1");
    q.status.used["requests.cpu"] = quantity("500m");
    CHECK(cells_of(k, q) ==
          std::vector<std::string>{"team", "pods: 0/10, requests.cpu: 500m/1", "limits.cpu: 0/2", "100s"});
}
