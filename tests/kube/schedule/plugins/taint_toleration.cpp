/// \file
/// Taints that keep pods off, and taints that only advise.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/taint_toleration.hpp>

using namespace test;
namespace plugins = kube::plugins;

TEST_CASE("taints keep pods off that do not tolerate them, unless they only advise") {
    auto const refused = schedule::rule_out("node(s) had untolerated taint(s)");
    auto const say = [](make_pod const& p, make_node const& n) {
        return schedule::judge(plugins::taint_toleration, info(p), info(n));
    };
    CHECK(say(make_pod("p"), make_node("a").tainted("gpu", "NoSchedule")) == refused);
    CHECK(say(make_pod("p"), make_node("a").tainted("gpu", "NoExecute")) == refused);
    CHECK(say(make_pod("p"), make_node("a").tainted("gpu", "PreferNoSchedule")).accepted());
    CHECK(say(make_pod("p").tolerates("gpu"), make_node("a").tainted("gpu", "NoSchedule")).accepted());
    CHECK(say(make_pod("p").tolerates("gpu"),
              make_node("a").tainted("gpu", "NoSchedule").tainted("x", "NoExecute")) == refused);
}

TEST_CASE("the fewer untolerated taints that advise, the better; what is taken off is rounded down") {
    auto const hint = [](make_node n, int count) {
        for (auto i = 0; i < count; ++i) n.tainted("t" + std::to_string(i), "PreferNoSchedule");
        return info(n);
    };
    auto const nodes = std::vector{hint(make_node("a"), 0), hint(make_node("b"), 1), hint(make_node("c"), 3)};
    CHECK(schedule::rate(plugins::taint_toleration_score, info(make_pod("p")), nodes) == points{100, 67, 0});
    CHECK(schedule::rate(plugins::taint_toleration_score, info(make_pod("p").tolerates("t0")), nodes) ==
          points{100, 100, 0});
    CHECK(schedule::rate(plugins::taint_toleration_score, info(make_pod("p").tolerates("")), nodes) ==
          points{100, 100, 100});
}
