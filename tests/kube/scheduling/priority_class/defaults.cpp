/// \file
/// Priority classes whose manifests say little.

#include <berth/kube/scheduling/priority_class/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("pods of a class preempt unless it says otherwise") {
    auto p = kube::priority_class();
    set_defaults(p);
    CHECK(*p.preemption_policy == "PreemptLowerPriority");
    *p.preemption_policy = "Never";
    set_defaults(p);
    CHECK(*p.preemption_policy == "Never");
}
