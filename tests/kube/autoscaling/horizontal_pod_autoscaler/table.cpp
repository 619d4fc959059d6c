/// \file
/// How autoscalers are shown.

#include "../../table.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/defaults.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of autoscalers shows two metrics beside their targets, and how many more there are") {
    auto a = kube::horizontal_pod_autoscaler();
    a.metadata.name = "web";
    a.metadata.creation_timestamp = object::timestamp(new_year);
    a.spec.scale_target_ref = {"Deployment", "web", "apps/v1", {}};
    a.spec.max_replicas = 5;
    set_defaults(a);
    CHECK(cells_of(kube::horizontal_pod_autoscaler_kind(), a) ==
          std::vector<std::string>{"web", "Deployment/web", "cpu: <unknown>/80%", "1", "5", "0", "100s"});
    auto& now = a.status.current_metrics.emplace_back();
    now.type = "Resource";
    now.resource_.engage().current.average_utilization = 37;
    auto& queue = a.spec.metrics.emplace_back();
    queue.type = "External";
    queue.external.engage().target.average_value = *object::quantity::parse("5");
    a.spec.metrics.push_back(queue);
    CHECK(kube::detail::shown_targets(a) == "cpu: 37%/80%, <unknown>/5 (avg) + 1 more...");
    CHECK(kube::detail::shown_targets({}) == "<none>");
}
