/// \file
/// What writers of a deployment are warned of.

#include "../template_warnings.hpp"

#include <berth/kube/apps/deployment/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a deployment is warned of its template when that is new") {
    check_template_warnings(make_deployment("web", 1).done());
}
