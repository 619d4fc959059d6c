/// \file
/// Which version is newer.

#include <berth/api/version_order.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

using namespace berth;

TEST_CASE("stable versions come before beta ones, those before alpha ones, others last") {
    auto versions = std::vector<std::string_view>{"v1alpha1", "foo", "v1",  "v10beta3", "v2",      "v1beta1",
                                                  "v1beta2",  "v01", "v10", "v1x",      "v1alpha2"};
    std::sort(versions.begin(), versions.end(), api::is_newer_version);
    CHECK(versions == std::vector<std::string_view>{"v10", "v2", "v1", "v10beta3", "v1beta2", "v1beta1",
                                                    "v1alpha2", "v1alpha1", "foo", "v01", "v1x"});
}
