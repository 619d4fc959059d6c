/// \file
/// How autoscalers behave in the API.

#include "../../vocabulary.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("what autoscaling/v1 carries in annotations is not kept twice") {
    auto a = kube::horizontal_pod_autoscaler();
    a.metadata.annotations["autoscaling.alpha.kubernetes.io/behavior"] = "{}";
    a.metadata.annotations["mine"] = "x";
    kube::horizontal_pod_autoscaler_kind().set_defaults(a);
    CHECK(a.metadata.annotations.size() == 1);
    CHECK(a.metadata.annotations.get("mine") == "x");
}
