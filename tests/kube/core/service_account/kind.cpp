/// \file
/// How service accounts behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/core/service_account/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of service accounts shows their ages") {
    auto a = kube::service_account();
    a.metadata.name = "robot";
    a.metadata.creation_timestamp = object::timestamp(new_year);
    CHECK(headers_of(kube::service_account_kind()) == words{"Name", "Age"});
    CHECK(cells_of(kube::service_account_kind(), a) == words{"robot", "100s"});
    CHECK(kube::service_account_kind().returns_deleted);
}
