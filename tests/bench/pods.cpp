#include <berth/bench/pods.hpp>

#include <catch2/catch_all.hpp>

namespace {

using namespace berth;

TEST_CASE("nodes and pods are what they are asked to be") {
    auto const n = bench::make_node(4, {.cpu = 2, .memory_gib = 8, .pods = 10, .foos = 3, .zones = 3});
    CHECK(n.metadata.name == "node-4");
    CHECK(n.metadata.labels.get(bench::zone_label) == "zone-1");
    CHECK(*n.status.allocatable.find("cpu") == object::quantity::of(2));
    CHECK(*n.status.allocatable.find("memory") == object::quantity::of(std::int64_t{8} << 30U));
    CHECK(*n.status.allocatable.find("foo.com/bar") == object::quantity::of(3));
    CHECK(bench::make_node(4).metadata.labels.get(bench::zone_label).empty());
    auto const p = bench::make_pod(7, {.cpu_milli = 250, .memory_mib = 64, .namespace_ = "here"});
    CHECK(p.metadata.where() == object::key{"here", "pod-7"});
    CHECK(*p.spec.containers[0].resources.requests.find("cpu") == object::quantity::of_milli(250));
}

TEST_CASE("variations of a pod differ in what their names say") {
    CHECK(bench::important(1, 10, 3000).spec.priority == 10);
    CHECK(bench::colored(1, "blue").metadata.labels.get("color") == "blue");
    auto const term = bench::company_of("green", bench::host_label);
    CHECK(bench::apart(1, term)
              .spec.affinity->pod_anti_affinity->required_during_scheduling_ignored_during_execution.size() ==
          1);
    CHECK(bench::together(1, term)
              .spec.affinity->pod_affinity->required_during_scheduling_ignored_during_execution.size() == 1);
    CHECK(bench::rather_together(1, term)
              .spec.affinity->pod_affinity->preferred_during_scheduling_ignored_during_execution[0]
              .weight == 1);
    CHECK(bench::rather_apart(1, term)
              .spec.affinity->pod_anti_affinity->preferred_during_scheduling_ignored_during_execution[0]
              .weight == 1);
    CHECK(bench::of_devops(term).namespaces.empty());
    CHECK(bench::spread_over_zones(1, "DoNotSchedule").spec.topology_spread_constraints[0].max_skew == 5);
    CHECK(bench::in_devops(bench::make_pod(7)).metadata.namespace_ == "devops-55"); // '7' is 55
    CHECK(bench::on_node(1, "node-7").spec.affinity->node_affinity.has_value());
    CHECK(bench::in_two_zones(1).spec.affinity->node_affinity.has_value());
}

} // namespace
