/// \file
/// Cordons.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/node_unschedulable.hpp>

using namespace test;
namespace plugins = kube::plugins;

TEST_CASE("a cordoned node takes only pods that tolerate it") {
    auto const n = info(make_node("a").with([](kube::node& o) { o.spec.unschedulable = true; }));
    CHECK(schedule::judge(plugins::node_unschedulable, info(make_pod("p")), n) ==
          schedule::rule_out("node(s) were unschedulable"));
    CHECK(schedule::judge(plugins::node_unschedulable,
                          info(make_pod("p").tolerates("node.kubernetes.io/unschedulable")), n)
              .accepted());
    CHECK(schedule::judge(plugins::node_unschedulable, info(make_pod("p").tolerates("")), n).accepted());
    CHECK(schedule::judge(plugins::node_unschedulable, info(make_pod("p")), info(make_node("a"))).accepted());
}
