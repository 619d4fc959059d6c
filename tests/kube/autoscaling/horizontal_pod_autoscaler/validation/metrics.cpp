/// \file
/// Which metrics an autoscaler may not go by.

#include "../../../complaints.hpp"

#include <berth/kube/autoscaling/horizontal_pod_autoscaler/validation/metrics.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto about(kube::metric_spec m) -> lines {
    auto s = kube::horizontal_pod_autoscaler_spec();
    s.metrics.push_back(std::move(m));
    return said_by(
        [&](auto& errors) { kube::detail::validate_metrics(s, api::field_path("metrics"), errors); });
}

} // namespace

TEST_CASE("a metric has the one source that its type names") {
    auto m = kube::metric_spec();
    m.type = "Pods";
    CHECK(about(m) == lines{
                          "metrics[0].pods: Required value: must populate information for the given metric "
                          "source",
                      }); // and nothing is forbidden where nothing is there
    m.pods.engage().metric.name = "rate";
    m.pods->target.type = "AverageValue";
    m.pods->target.average_value = quantity("1");
    CHECK(about(m).empty());
    m.resource_.engage();
    CHECK(about(m) == lines{"metrics[0].resource: Forbidden: must populate the given metric source only"});
}

TEST_CASE("each source has a name and a target that suits it") {
    auto m = kube::metric_spec();
    m.type = "External";
    m.external.engage().target.type = "Value";
    CHECK(about(m) == lines{"metrics[0].external.metric.name: Required value: must specify a metric name",
                            "metrics[0].external.target.averageValue: Required value: must set either a "
                            "target value for metric or a per-pod target"});
    m = {};
    m.type = "ContainerResource";
    m.container_resource.engage().name = "gold";
    m.container_resource->container = "Main";
    m.container_resource->target = {"Utilization", {}, quantity("0"), 0, {}};
    auto const said = about(m);
    CHECK(said.size() == 6);
    CHECK(said.back() == "metrics[0].containerResource.target.averageValue: Forbidden: may not set both a "
                         "target raw value and a target utilization");
    m = {};
    m.type = "Object";
    m.object.engage().described_object = {"a/b", "..", "v1", {}};
    m.object->metric.name = "hits";
    m.object->target = {"AverageValue", {}, quantity("1"), {}, {}};
    CHECK(about(m) ==
          lines{"metrics[0].object.describedObject.kind: Invalid value: \"a/b\": may not contain '/'",
                "metrics[0].object.describedObject.name: Invalid value: \"..\": may not be '..'"});
}
