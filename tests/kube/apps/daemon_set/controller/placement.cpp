/// \file
/// On which nodes a daemon set has pods.

#include "../../sets.hpp"

#include <berth/kube/apps/daemon_set/controller/placement.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using permission = kube::daemon_permission;

auto permission_on(make_node const& n, make_daemon_set const& set) -> permission {
    return kube::daemon_permission_on(n.done(),
                                      kube::with_daemon_tolerations(set.done().spec.template_.spec));
}

constexpr auto both = permission{.run = true, .stay = true};

} // namespace

TEST_CASE("labels and taints of a node decide whether a daemon runs there, and may stay") {
    auto const any = make_daemon_set("agent");
    CHECK(permission_on(make_node("a"), any) == both);
    CHECK(permission_on(make_node("a").tainted("mine", "NoSchedule"), any) == permission{false, true});
    CHECK(permission_on(make_node("a").tainted("mine", "NoExecute"), any) == permission{});
    CHECK(permission_on(make_node("a").tainted("mine", "PreferNoSchedule"), any) == both);
    auto const fast = make_daemon_set("agent").selecting("disk", "ssd");
    CHECK(permission_on(make_node("a").label("disk", "hdd"), fast) == permission{});
    CHECK(permission_on(make_node("a").label("disk", "ssd"), fast) == both);
    auto named = make_daemon_set("agent");
    named.with([](kube::daemon_set& d) { d.spec.template_.spec.node_name = "b"; });
    CHECK(permission_on(make_node("a"), named) == permission{});
    CHECK(permission_on(make_node("b"), named) == both);
}

TEST_CASE("daemons tolerate nodes in trouble") {
    auto troubled = make_node("a");
    for (auto const* const key : {"not-ready", "unreachable"})
        troubled.tainted(std::string("node.kubernetes.io/") + key, "NoExecute");
    for (auto const* const key : {"disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"})
        troubled.tainted(std::string("node.kubernetes.io/") + key, "NoSchedule");
    auto set = make_daemon_set("agent");
    CHECK(permission_on(troubled, set) == both);
    troubled.tainted("node.kubernetes.io/network-unavailable", "NoSchedule");
    CHECK(permission_on(troubled, set) == permission{false, true});
    set.with([](kube::daemon_set& d) { d.spec.template_.spec.host_network = true; });
    CHECK(permission_on(troubled, set) == both);
    auto const spec = kube::with_daemon_tolerations(set.done().spec.template_.spec);
    CHECK(spec.tolerations.size() == 7);
    CHECK(kube::with_daemon_tolerations(spec) == spec);
}

TEST_CASE("a pod is for the node that it is on, or that its affinity names") {
    auto set = make_daemon_set("agent");
    auto p = kube::daemon_pod(set.done(), "a", "abc");
    CHECK(p.metadata.generate_name == "agent-");
    CHECK(p.metadata.labels.get("controller-revision-hash") == "abc");
    CHECK(!p.metadata.labels.contains("pod-template-generation"));
    CHECK(kube::target_node(p) == "a");
    auto& terms = p.spec.affinity->node_affinity->required_during_scheduling_ignored_during_execution
                      ->node_selector_terms;
    terms[0].match_fields[0].values.push_back("b");
    CHECK(kube::target_node(p).empty());
    p.spec.node_name = "c";
    CHECK(kube::target_node(p) == "c");
    CHECK(kube::target_node(make_pod("p").done()).empty());
    CHECK(kube::target_node(kube::daemon_pod(set.done(), "b", "abc")) == "b");
}

TEST_CASE("a pod is up to date if its revision is, or its generation where the set counts") {
    auto set = make_daemon_set("agent");
    auto const p =
        make_pod("p").label("controller-revision-hash", "abc").label("pod-template-generation", "2");
    CHECK(kube::is_updated(set.done(), p.done(), "abc"));
    CHECK(!kube::is_updated(set.done(), p.done(), "def"));
    set.annotation("deprecated.daemonset.template.generation", "2");
    CHECK(kube::is_updated(set.done(), p.done(), "def"));
    CHECK(kube::daemon_pod(set.done(), "a", "abc").metadata.labels.get("pod-template-generation") == "2");
    set.annotation("deprecated.daemonset.template.generation", "x");
    CHECK(!kube::is_updated(set.done(), p.done(), "def"));
}
