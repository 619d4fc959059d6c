/// \file
/// Leases: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/coordination/lease/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("leases last") {
    auto l = named<kube::lease>();
    l.spec.lease_duration_seconds = 0;
    l.spec.lease_transitions = -1;
    CHECK(complaints(l) ==
          lines{"spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0",
                "spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0"});
    l.spec.lease_duration_seconds = 1;
    l.spec.lease_transitions = 0;
    CHECK(complaints(l).empty());
}

TEST_CASE("a preferred holder needs a strategy") {
    auto l = named<kube::lease>();
    l.spec.preferred_holder.engage() = "b";
    CHECK(complaints(l, l) ==
          lines{"spec.preferredHolder: Forbidden: may only be specified if `strategy` is defined"});
    l.spec.strategy.engage() = "OldestEmulationVersion";
    CHECK(complaints(l, l).empty());
}
