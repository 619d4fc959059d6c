/// \file
/// What writers are warned of.

#include "../complaints.hpp"

#include <berth/kube/meta/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a warning says where it is") {
    auto out = kube::warning_list();
    auto const spec = api::field_path("spec");
    kube::detail::warn(out, spec.child("os"), "is old");
    CHECK(out == lines{"spec.os: is old"});
}
