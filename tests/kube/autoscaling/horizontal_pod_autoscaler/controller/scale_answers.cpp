/// \file
/// Which scale an autoscaler is about.

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_answers.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a reference says group, version and kind, with or without a group") {
    auto to = kube::cross_version_object_reference();
    to.api_version = "sea.example.org/v1";
    to.kind = "Ship";
    to.name = "s";
    CHECK(kube::scale_query_of("bay", to) == kube::scale_query{"bay", "sea.example.org", "v1", "Ship", "s"});
    to.api_version = "v1";
    CHECK(kube::scale_query_of("bay", to) == kube::scale_query{"bay", "", "v1", "Ship", "s"});
    CHECK(kube::detail::no_matches({"bay", "g", "v1", "Ship", "s"}).error().message ==
          "no matches for kind \"Ship\" in group \"g\"");
}
