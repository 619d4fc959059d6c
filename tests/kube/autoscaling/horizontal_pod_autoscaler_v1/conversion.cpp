/// \file
/// The two versions of autoscalers say the same.

#include "../../vocabulary.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/conversion.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto full() -> kube::horizontal_pod_autoscaler {
    auto a = kube::horizontal_pod_autoscaler();
    a.metadata.annotations["mine"] = "x";
    a.spec.max_replicas = 3;
    auto& cpu = a.spec.metrics.emplace_back();
    cpu.type = "Resource";
    cpu.resource_.engage().name = "cpu";
    cpu.resource_->target = {"Utilization", {}, {}, 50, {}};
    auto& memory = a.spec.metrics.emplace_back();
    memory.type = "Resource";
    memory.resource_.engage().name = "memory";
    memory.resource_->target = {"AverageValue", {}, *object::quantity::parse("1Gi"), {}, {}};
    auto& queue = a.spec.metrics.emplace_back();
    queue.type = "External";
    queue.external.engage().metric.name = "queue";
    queue.external->target = {"Value", *object::quantity::parse("5"), {}, {}, {}};
    auto& rules = a.spec.behavior.engage().scale_up.engage();
    rules.policies.engage().push_back({"Pods", 1, 30, {}});
    auto& now = a.status.current_metrics.emplace_back();
    now.type = "Resource";
    now.resource_.engage().name = "cpu";
    now.resource_->current.average_utilization = 37;
    auto& c = a.status.conditions.emplace_back();
    c.type = "AbleToScale";
    c.status = "True";
    return a;
}

} // namespace

TEST_CASE("the older version has one metric, and annotations that say the rest") {
    auto const older = kube::to_version_1(full());
    CHECK(older.spec.target_cpu_utilization_percentage == 50);
    CHECK(older.status.current_cpu_utilization_percentage == 37);
    auto const& said = older.metadata.annotations;
    CHECK(said.get("autoscaling.alpha.kubernetes.io/metrics") ==
          R"([{"type":"Resource","resource":{"name":"memory","targetAverageValue":"1Gi"}},)"
          R"({"type":"External","external":{"metricName":"queue","targetValue":"5"}}])");
    CHECK(said.get("autoscaling.alpha.kubernetes.io/behavior") ==
          R"({"ScaleUp":{"StabilizationWindowSeconds":null,"SelectPolicy":null,"Policies":[)"
          R"({"Type":"Pods","Value":1,"PeriodSeconds":30}],"Tolerance":null},"ScaleDown":null})");
}

TEST_CASE("an autoscaler that was the older version is the same again, but for the order of its metrics") {
    auto const there = full();
    auto const back = kube::to_version_2(kube::to_version_1(there));
    CHECK(back.metadata.annotations == there.metadata.annotations);
    CHECK(back.spec.behavior == there.spec.behavior);
    CHECK(back.status == there.status);
    REQUIRE(back.spec.metrics.size() == 3);
    CHECK(back.spec.metrics[2] == there.spec.metrics[0]);
    CHECK(back.spec.metrics[0] == there.spec.metrics[1]);
    CHECK(back.spec.metrics[1] == there.spec.metrics[2]);
}

TEST_CASE("annotations that cannot be read are as if they were not there") {
    auto older = kube::horizontal_pod_autoscaler_v1();
    for (auto const key : kube::carried_annotations)
        older.metadata.annotations[std::string(key)] = R"({"A":[)";
    CHECK(kube::to_version_2(older) == kube::horizontal_pod_autoscaler());
}
