/// \file
/// What writers of a replica set are warned of.

#include "../template_warnings.hpp"

#include <berth/kube/apps/replica_set/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a replica set is warned of its template when that is new") {
    check_template_warnings(make_replica_set("web", 1).done());
}
