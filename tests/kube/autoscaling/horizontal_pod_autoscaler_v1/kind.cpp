/// \file
/// How autoscalers behave as autoscaling/v1.

#include "../../table.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/kind.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the older version is stored, checked and shown as the newer one") {
    auto const k = kube::horizontal_pod_autoscaler_v1_kind();
    auto a = kube::horizontal_pod_autoscaler_v1();
    a.metadata.name = "web";
    a.spec.max_replicas = 5;
    a.spec.target_cpu_utilization_percentage = 0;
    k.set_defaults(a);
    auto const stored = k.storage.to_stored(object::any_object(a));
    REQUIRE(stored);
    CHECK(stored->as<kube::horizontal_pod_autoscaler>().spec.metrics.size() == 1);
    CHECK(k.storage.from_stored(*stored)->as<kube::horizontal_pod_autoscaler_v1>().spec == a.spec);
    CHECK(headers_of(k) == headers_of(kube::horizontal_pod_autoscaler_kind()));
    CHECK(cells_of(k, a)[2] == "cpu: <unknown>/0%");
    auto errors = api::field_errors();
    k.validate(a, errors);
    CHECK(errors.size() == 4); // of the target's kind, name and version, and of the metric
}
