/// \file
/// Affinity, tolerations and spreading: what is refused, where and in which words.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/affinity.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("tolerations, affinity and spreading are checked") {
    auto p = sound_pod();
    p.spec.tolerations.emplace_back().toleration_seconds = 3;
    auto& spread = p.spec.topology_spread_constraints.emplace_back();
    spread.max_skew = 1;
    spread.when_unsatisfiable = "ScheduleAnyway";
    spread.topology_key = "zone";
    spread.min_domains = 2;
    p.spec.affinity.engage()
        .node_affinity.engage()
        .required_during_scheduling_ignored_during_execution.engage();
    auto const all = complaints(p);
    REQUIRE(all.size() == 4);
    CHECK(all[0] ==
          "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: "
          "Required value: must have at least one node selector term");
    CHECK(all[1] ==
          "spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if "
          "whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway");
    CHECK(all[3] == "spec.tolerations[0].effect: Invalid value: \"\": effect must be 'NoExecute' when "
                    "`tolerationSeconds` is set");
}

TEST_CASE("a requirement on labels has an operator and as many values as it takes") {
    auto const told = [](std::string op, std::vector<std::string> values) {
        auto r = kube::node_selector_requirement();
        r.key = "zone";
        r.operator_ = std::move(op);
        r.values = std::move(values);
        return said_by(
            [&](auto& errors) { kube::detail::validate_requirement(r, true, api::field_path("r"), errors); });
    };
    CHECK(told("In", {"a"}).empty());
    CHECK(told("In", {}) ==
          lines{"r.values: Required value: must be specified when `operator` is 'In' or 'NotIn'"});
    CHECK(told("Exists", {"a"}) ==
          lines{"r.values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'"});
    CHECK(told("Gt", {"1", "2"}) ==
          lines{"r.values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'"});
    CHECK(told("is", {}) == lines{"r.operator: Invalid value: \"is\": not a valid selector operator"});
}
