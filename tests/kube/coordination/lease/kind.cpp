/// \file
/// How leases behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/coordination/lease/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("the table of leases shows who holds them") {
    auto l = make_lease("n", new_year).done();
    CHECK(headers_of(kube::lease_kind()) == words{"Name", "Holder", "Age"});
    CHECK(cells_of(kube::lease_kind(), l) == words{"n", "", "100s"});
    l.spec.holder_identity.engage() = "n";
    CHECK(cells_of(kube::lease_kind(), l)[1] == "n");
}

TEST_CASE("an update makes a lease that is not there, and needs a revision for one that is") {
    CHECK(kube::lease_kind().create_on_update);
    CHECK_FALSE(kube::lease_kind().unconditional_update);
}
