/// \file
/// Services, deployments and the kinds that hold data: what is refused, where and in which words.

#include <berth/kube/apps/deployment/defaults.hpp>
#include <berth/kube/apps/deployment/validation.hpp>
#include <berth/kube/apps/replica_set/defaults.hpp>
#include <berth/kube/coordination/lease/validation.hpp>
#include <berth/kube/core/binding/validation.hpp>
#include <berth/kube/core/config_map/validation.hpp>
#include <berth/kube/core/event/validation.hpp>
#include <berth/kube/core/namespace/validation.hpp>
#include <berth/kube/core/node/validation.hpp>
#include <berth/kube/core/secret/validation.hpp>
#include <berth/kube/core/service/validation/update.hpp>
#include <berth/kube/scheduling/priority_class/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

using lines = std::vector<std::string>;

auto said(api::field_errors const& errors) -> lines {
    auto out = lines();
    for (auto const& c : errors.causes()) out.push_back(c.field + ": " + c.message);
    return out;
}
template <class T> auto complaints(T const& value) -> lines {
    auto errors = api::field_errors();
    validate(value, errors);
    return said(errors);
}
template <class T> auto complaints(T const& now, T const& before) -> lines {
    auto errors = api::field_errors();
    validate_update(now, before, errors);
    return said(errors);
}
template <class T> auto named() -> T {
    auto out = T();
    out.metadata.name = "a";
    if (T::resource.namespaced) out.metadata.namespace_ = "t";
    return out;
}

auto sound_service() -> kube::service {
    auto s = named<kube::service>();
    s.spec.ports.emplace_back().port = 80;
    set_defaults(s);
    return s;
}

auto sound_deployment() -> kube::deployment {
    auto d = named<kube::deployment>();
    d.spec.selector.engage().match_labels["app"] = "a";
    d.spec.template_.metadata.labels["app"] = "a";
    auto& c = d.spec.template_.spec.containers.emplace_back();
    c.name = "main";
    c.image = "b";
    set_defaults(d);
    return d;
}

} // namespace

TEST_CASE("services with defaults are sound") { CHECK(complaints(sound_service()).empty()); }

TEST_CASE("several ports of a service need names, and each port is there once") {
    auto s = sound_service();
    s.spec.ports.push_back(s.spec.ports[0]);
    CHECK(complaints(s) ==
          lines{"spec.ports[0].name: Required value", "spec.ports[1].name: Required value",
                "spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":"
                "null,\"Port\":80,\"TargetPort\":0,\"NodePort\":0}"});
}

TEST_CASE("a service's address stays") {
    auto before = sound_service();
    before.spec.cluster_ip = "10.0.0.1";
    before.spec.cluster_ips = {"10.0.0.1"};
    auto now = before;
    now.spec.cluster_ip = "10.0.0.2";
    now.spec.cluster_ips = {"10.0.0.2"};
    CHECK(complaints(now, before) ==
          lines{"spec.clusterIPs[0]: Invalid value: [\"10.0.0.2\"]: may not change once set"});
}

TEST_CASE("names of external services are names of hosts") {
    auto s = sound_service();
    s.spec.type = "ExternalName";
    CHECK(complaints(s) == lines{"spec.externalName: Required value"});
    s.spec.external_name = "example.com.";
    CHECK(complaints(s).empty());
}

TEST_CASE("deployments with defaults are sound") { CHECK(complaints(sound_deployment()).empty()); }

TEST_CASE("a selector must select what the template makes, and stays") {
    auto d = sound_deployment();
    d.spec.selector->match_labels["app"] = "b";
    CHECK(complaints(d) ==
          lines{"spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not "
                "match template `labels`"});
    d.spec.template_.metadata.labels["app"] = "b";
    CHECK(complaints(d, sound_deployment()) ==
          lines{"spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"b\"}}: field is immutable"});
    d.spec.selector.reset();
    CHECK(complaints(d)[0] == "spec.selector: Required value");
}

TEST_CASE("a rolling update must be able to move") {
    auto d = sound_deployment();
    d.spec.strategy.rolling_update->max_surge = 0;
    d.spec.strategy.rolling_update->max_unavailable = "0%";
    CHECK(complaints(d) ==
          lines{"spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": may not be 0 when "
                "`maxSurge` is 0"});
    d.spec.strategy.rolling_update->max_unavailable = "101%";
    CHECK(complaints(d) ==
          lines{"spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be "
                "greater than 100%"});
    d.spec.strategy.type = "OnDelete";
    CHECK(complaints(d)[0].ends_with("supported values: \"Recreate\", \"RollingUpdate\""));
}

TEST_CASE("config maps keep each key once, and immutable ones stay") {
    auto c = named<kube::config_map>();
    c.data["a"] = "1";
    c.binary_data["a"] = {"1"};
    CHECK(complaints(c) == lines{"data[a]: Invalid value: \"a\": duplicate of key present in binaryData"});
    auto before = named<kube::config_map>();
    before.immutable = true;
    auto now = before;
    now.immutable = false;
    now.data["b"] = "2";
    CHECK(complaints(now, before) == lines{"immutable: Forbidden: field is immutable when `immutable` is set",
                                           "data: Forbidden: field is immutable when `immutable` is set"});
    CHECK(complaints(before, before).empty());
}

TEST_CASE("secrets of a type have its keys") {
    auto s = named<kube::secret>();
    s.type = "kubernetes.io/tls";
    CHECK(complaints(s) == lines{"data[tls.crt]: Required value", "data[tls.key]: Required value"});
}

TEST_CASE("taints are there once, with an effect") {
    auto n = named<kube::node>();
    auto& t = n.spec.taints.emplace_back();
    t.key = "k";
    CHECK(complaints(n) == lines{"metadata.taints[0].effect: Required value"});
    n.spec.taints[0].effect = "NoSchedule";
    n.spec.taints.push_back(n.spec.taints[0]);
    CHECK(complaints(n) ==
          lines{"metadata.taints[1]: Duplicate value: {\"Key\":\"k\",\"Value\":\"\",\"Effect\":"
                "\"NoSchedule\",\"TimeAdded\":null}: taints must be unique by key and effect pair"});
}

TEST_CASE("leases last, and events agree with their namespace") {
    auto l = named<kube::lease>();
    l.spec.lease_duration_seconds = 0;
    CHECK(complaints(l) == lines{"spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0"});
    auto e = named<kube::event>();
    CHECK(complaints(e) ==
          lines{"involvedObject.namespace: Invalid value: \"\": does not match event.namespace"});
    e.involved_object.namespace_ = "t";
    CHECK(complaints(e).empty());
}

TEST_CASE("the highest priorities are the system's") {
    auto p = named<kube::priority_class>();
    p.value = 1'000'000'001;
    CHECK(complaints(p) ==
          lines{"value: Forbidden: maximum allowed value of a user defined priority is 1000000000"});
    p.metadata.name = "system-mine";
    CHECK(complaints(p)[0].ends_with("error: system-mine is not a known system priority class"));
}
