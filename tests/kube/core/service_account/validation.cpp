/// \file
/// Service accounts: what is refused.

#include "../../complaints.hpp"

#include <berth/kube/core/service_account/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a service account has the name of a subdomain, and keeps it") {
    auto a = named<kube::service_account>("robot");
    CHECK(complaints(a).empty());
    auto now = a;
    now.metadata.name = "Robot";
    CHECK(complaints(now).size() == 1);
    auto const told = complaints(now, a);
    CHECK(std::count(told.begin(), told.end(),
                     "metadata.name: Invalid value: \"Robot\": field is immutable") == 2);
}
