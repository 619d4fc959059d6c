/// \file
/// What objects use of quotas, and which quotas are about them.

#include "../../complaints.hpp"
#include "../../vocabulary.hpp"

#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/resource_quota/usage.hpp>
#include <berth/kube/core/service/type.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

template <object::kind_type T> auto used_by(T const& o) -> std::string {
    auto out = std::string();
    for (auto const& [name, amount] : kube::detail::quota_usage(api::kind(api::kind_of<T>{}), &o, new_year))
        out += name + "=" + amount.to_string() + " ";
    return out;
}

auto scope(std::string name, std::string op = "Exists", std::vector<std::string> values = {})
    -> kube::scoped_resource_selector_requirement {
    auto r = kube::scoped_resource_selector_requirement();
    r.scope_name = std::move(name);
    r.operator_ = std::move(op);
    r.values = std::move(values);
    return r;
}

template <object::kind_type T> auto within(kube::scoped_resource_selector_requirement const& r, T const& o)
    -> bool {
    return kube::detail::is_in_scope(r, api::kind(api::kind_of<T>{}), &o);
}

} // namespace

TEST_CASE("every object counts, some by a plain name as well") {
    CHECK(used_by(kube::deployment()) == "count/deployments.apps=1 ");
    CHECK(used_by(kube::config_map()) == "configmaps=1 count/configmaps=1 ");
}

TEST_CASE("a pod uses what it requests and is limited to, its overhead too, until it has ended") {
    auto p = kube::pod();
    auto& r = p.spec.containers.emplace_back().resources;
    r.requests["cpu"] = quantity("1");
    r.requests["example.com/gpu"] = quantity("2");
    r.limits["memory"] = quantity("1Gi");
    p.spec.overhead["cpu"] = quantity("100m");
    CHECK(used_by(p) == "count/pods=1 cpu=1100m limits.memory=1Gi pods=1 requests.cpu=1100m "
                        "requests.example.com/gpu=2 ");
    p.status.phase = "Succeeded";
    CHECK(used_by(p) == "count/pods=1 ");
}

TEST_CASE("services use ports of nodes and load balancers") {
    auto s = kube::service();
    s.spec.ports.emplace_back().port = 80;
    s.spec.ports.emplace_back().port = 81;
    s.spec.ports[0].node_port = 30000;
    CHECK(used_by(s) == "count/services=1 services=1 ");
    s.spec.type = "NodePort";
    CHECK(used_by(s) == "count/services=1 services=1 services.nodeports=2 ");
    s.spec.type = "LoadBalancer";
    s.spec.allocate_load_balancer_node_ports = false;
    CHECK(used_by(s) == "count/services=1 services=1 services.loadbalancers=1 services.nodeports=1 ");
}

TEST_CASE("claims use storage, of their class too, in whole bytes") {
    auto c = kube::persistent_volume_claim();
    c.spec.resources.requests["storage"] = quantity("1500m");
    c.spec.storage_class_name.engage() = "gold";
    CHECK(used_by(c) ==
          "count/persistentvolumeclaims=1 gold.storageclass.storage.k8s.io/persistentvolumeclaims=1 "
          "gold.storageclass.storage.k8s.io/requests.storage=2 persistentvolumeclaims=1 "
          "requests.storage=2 ");
}

TEST_CASE("quotas are about objects that can use what they limit") {
    auto const pods = api::kind(api::kind_of<kube::pod>{});
    for (auto const* const name :
         {"pods", "count/pods", "cpu", "limits.memory", "requests.example.com/gpu", "requests.hugepages-2Mi"})
        CHECK(kube::detail::uses_quota(pods, name));
    for (auto const* const name :
         {"services", "count/services", "requests.storage", "count/deployments.apps"})
        CHECK_FALSE(kube::detail::uses_quota(pods, name));
    auto const claims = api::kind(api::kind_of<kube::persistent_volume_claim>{});
    CHECK(kube::detail::uses_quota(claims, "gold.storageclass.storage.k8s.io/requests.storage"));
    CHECK_FALSE(kube::detail::uses_quota(claims, "requests.cpu"));
}

TEST_CASE("pods are within scopes by how long they run, what they are promised, and whom they look for") {
    auto p = kube::pod();
    p.spec.containers.emplace_back();
    CHECK(within(scope("NotTerminating"), p));
    CHECK(within(scope("BestEffort"), p));
    CHECK_FALSE(within(scope("PriorityClass"), p));
    CHECK(within(scope("PriorityClass", "NotIn", {"high"}), p));
    CHECK_FALSE(within(scope("CrossNamespacePodAffinity"), p));
    p.spec.active_deadline_seconds = 5;
    p.spec.priority_class_name = "high";
    p.spec.containers[0].resources.requests["cpu"] = quantity("1");
    p.spec.affinity.engage()
        .pod_anti_affinity.engage()
        .required_during_scheduling_ignored_during_execution.emplace_back()
        .namespace_selector.engage();
    CHECK(within(scope("Terminating"), p));
    CHECK(within(scope("NotBestEffort"), p));
    CHECK(within(scope("PriorityClass", "In", {"high"}), p));
    CHECK_FALSE(within(scope("PriorityClass", "NotIn", {"high"}), p));
    CHECK(within(scope("CrossNamespacePodAffinity"), p));
    CHECK_FALSE(within(scope("PriorityClass"), kube::config_map()));
}

TEST_CASE("claims are within the scope of the class that they want, have or are about to get") {
    auto c = kube::persistent_volume_claim();
    CHECK(within(scope("VolumeAttributesClass", "DoesNotExist"), c));
    c.status.current_volume_attributes_class_name.engage() = "slow";
    c.spec.volume_attributes_class_name.engage() = "fast";
    CHECK(within(scope("VolumeAttributesClass", "In", {"slow"}), c));
    CHECK(within(scope("VolumeAttributesClass", "In", {"fast"}), c));
    CHECK_FALSE(within(scope("VolumeAttributesClass", "In", {"other"}), c));
}

TEST_CASE("where cpu or memory is limited each container says it, unless the pod does") {
    auto p = kube::pod();
    p.spec.containers.emplace_back().name = "b";
    p.spec.containers.emplace_back().name = "a";
    p.spec.containers[0].resources.requests["cpu"] = quantity("1");
    auto const k = api::kind(api::kind_of<kube::pod>{});
    auto const limited = std::vector<std::string>{"requests.cpu", "limits.cpu", "pods", "requests.storage"};
    CHECK(kube::detail::unsaid_amounts(limited, k, &p) ==
          "must specify limits.cpu for: a,b; requests.cpu for: a");
    p.spec.resources.engage().limits["cpu"] = quantity("1");
    CHECK(kube::detail::unsaid_amounts(limited, k, &p).empty());
}
