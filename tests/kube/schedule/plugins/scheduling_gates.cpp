/// \file
/// Pods that are not to be tried yet.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/scheduling_gates.hpp>

using namespace test;
namespace plugins = kube::plugins;

TEST_CASE("a pod with gates is not tried, and the gates are told") {
    CHECK(plugins::scheduling_gates(info(make_pod("p"))).accepted());
    auto const gated = make_pod("p").with([](kube::pod& p) {
        p.spec.scheduling_gates.emplace_back().name = "a";
        p.spec.scheduling_gates.emplace_back().name = "b";
    });
    CHECK(plugins::scheduling_gates(info(gated)) ==
          schedule::rule_out("waiting for scheduling gates: [a b]"));
}
