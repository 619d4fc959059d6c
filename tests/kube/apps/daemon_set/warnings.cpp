/// \file
/// What writers of a daemon set are warned of.

#include "../template_warnings.hpp"

#include <berth/kube/apps/daemon_set/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a daemon set is warned of its template when that is new") {
    check_template_warnings(kube::daemon_set());
}
