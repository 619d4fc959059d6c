/// \file
/// Pods that name their node.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/node_name.hpp>

using namespace test;
namespace plugins = kube::plugins;

TEST_CASE("a pod that names its node goes there or nowhere") {
    CHECK(schedule::judge(plugins::node_name, info(make_pod("p").on("a")), info(make_node("a"))).accepted());
    CHECK(schedule::judge(plugins::node_name, info(make_pod("p")), info(make_node("a"))).accepted());
    CHECK(schedule::judge(plugins::node_name, info(make_pod("p").on("b")), info(make_node("a"))) ==
          schedule::rule_out("node(s) didn't match the requested node name"));
}
