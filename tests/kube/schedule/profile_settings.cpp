/// \file
/// Which plugins a profile has, and what they weigh.

#include <berth/kube/schedule/profile_settings.hpp>

#include <catch2/catch_test_macros.hpp>

using berth::kube::profile_settings;

TEST_CASE("settings have kube-scheduler's plugins and weights unless they say otherwise") {
    auto s = profile_settings();
    CHECK(s.filters_by("NodeName"));
    CHECK_FALSE(s.filters_by("ImageLocality"));
    CHECK(s.weight_of("TaintToleration") == 3);
    CHECK(s.weight_of("ImageLocality") == 1);
    CHECK(s.weight_of("NodeName") == 0);
    s.scores.erase("TaintToleration");
    s.filters.erase("NodeName");
    CHECK(s.weight_of("TaintToleration") == 0);
    CHECK_FALSE(s.filters_by("NodeName"));
}
