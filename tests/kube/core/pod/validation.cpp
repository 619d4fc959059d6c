/// \file
/// Pods: what is refused at birth and later, where and in which words.

#include <berth/kube/core/pod/validation/status.hpp>
#include <berth/kube/core/pod/validation/update.hpp>
#include <berth/kube/core/pod/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto sound_pod() -> kube::pod {
    auto p = kube::pod();
    p.metadata.name = "p";
    p.metadata.namespace_ = "t";
    auto& c = p.spec.containers.emplace_back();
    c.name = "main";
    c.image = "busybox:1";
    set_defaults(p);
    return p;
}

auto quantity(std::string_view text) -> object::quantity { return *object::quantity::parse(text); }

/// Each complaint as `field: message`.
auto said(api::field_errors const& errors) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& c : errors.causes()) out.push_back(c.field + ": " + c.message);
    return out;
}
auto complaints(kube::pod const& p) -> std::vector<std::string> {
    auto errors = api::field_errors();
    validate(p, errors);
    return said(errors);
}
auto complaints(kube::pod const& now, kube::pod const& before) -> std::vector<std::string> {
    auto errors = api::field_errors();
    validate_update(now, before, errors);
    return said(errors);
}
using lines = std::vector<std::string>;

} // namespace

TEST_CASE("a pod with defaults is sound") { CHECK(complaints(sound_pod()).empty()); }

TEST_CASE("a pod needs a container, and a container a name and an image") {
    auto p = sound_pod();
    p.spec.containers.clear();
    CHECK(complaints(p) == lines{"spec.containers: Required value"});
    p = sound_pod();
    p.spec.containers[0].name.clear();
    p.spec.containers[0].image.clear();
    CHECK(complaints(p) ==
          lines{"spec.containers[0].name: Required value", "spec.containers[0].image: Required value"});
}

TEST_CASE("containers have different names, init containers included") {
    auto p = sound_pod();
    p.spec.init_containers.push_back(p.spec.containers[0]);
    CHECK(complaints(p) == lines{"spec.initContainers[0].name: Duplicate value: \"main\""});
}

TEST_CASE("a request is at most its limit, and equal for what cannot be shared") {
    auto p = sound_pod();
    auto& r = p.spec.containers[0].resources;
    r.requests["memory"] = quantity("64Mi");
    r.limits["memory"] = quantity("32Mi");
    r.requests["example.com/gpu"] = quantity("1");
    r.limits["example.com/gpu"] = quantity("2");
    CHECK(
        complaints(p) ==
        lines{"spec.containers[0].resources.requests: Invalid value: \"1\": must be equal to "
              "example.com/gpu limit of 2",
              "spec.containers[0].resources.requests: Invalid value: \"64Mi\": must be less than or equal to "
              "memory "
              "limit of 32Mi"});
}

TEST_CASE("names of resources are standard or qualified") {
    auto p = sound_pod();
    p.spec.containers[0].resources.requests["Memory"] = quantity("1");
    CHECK(complaints(p) ==
          lines{"spec.containers[0].resources.requests[Memory]: Invalid value: \"Memory\": must be a "
                "standard resource type or fully qualified",
                "spec.containers[0].resources.requests[Memory]: Invalid value: \"Memory\": must be a "
                "standard resource for containers"});
}

TEST_CASE("only sound volumes can be mounted") {
    auto p = sound_pod();
    auto& v = p.spec.volumes.emplace_back();
    v.name = "v";
    v.config_map = kube::config_map_volume_source{};
    auto& m = p.spec.containers[0].volume_mounts.emplace_back();
    m.name = "v";
    m.mount_path = "/v";
    CHECK(complaints(p) == lines{"spec.volumes[0].configMap.name: Required value",
                                 "spec.containers[0].volumeMounts[0].name: Not found: \"v\""});
    p.spec.volumes[0].config_map->name = "c";
    CHECK(complaints(p).empty());
    p.spec.volumes[0].empty_dir = kube::empty_dir_volume_source{};
    CHECK(complaints(p)[0] ==
          "spec.volumes[0].configMap: Forbidden: may not specify more than 1 volume type");
}

TEST_CASE("a probe has one action, and only readiness may want more than one success") {
    auto p = sound_pod();
    auto& probe = p.spec.containers[0].liveness_probe.engage();
    probe.success_threshold = 2;
    CHECK(complaints(p) ==
          lines{"spec.containers[0].livenessProbe: Required value: must specify a handler type",
                "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1"});
    probe.tcp_socket.engage().port = 80;
    probe.success_threshold = 1;
    CHECK(complaints(p).empty());
    probe.exec.engage();
    CHECK(complaints(p) ==
          lines{"spec.containers[0].livenessProbe.exec.command: Required value",
                "spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 "
                "handler type"});
}

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

TEST_CASE("a Windows pod has no Linux settings") {
    auto p = sound_pod();
    p.spec.os.engage().name = "windows";
    p.spec.containers[0].security_context.engage().run_as_user = 1;
    CHECK(complaints(p) ==
          lines{"spec.containers[0].securityContext.runAsUser: Forbidden: cannot be set for a windows pod"});
}

TEST_CASE("ephemeral containers come later") {
    auto p = sound_pod();
    p.spec.ephemeral_containers.emplace_back().common.name = "look";
    p.spec.ephemeral_containers[0].common.image = "b";
    set_defaults(p);
    CHECK(complaints(p) == lines{"spec.ephemeralContainers: Forbidden: cannot be set on create"});
}

TEST_CASE("images, deadlines and tolerations may change") {
    auto const before = sound_pod();
    auto now = before;
    now.spec.containers[0].image = "busybox:2";
    now.spec.active_deadline_seconds = 5;
    now.spec.tolerations.emplace_back().operator_ = "Exists";
    CHECK(complaints(now, before).empty());
    CHECK(complaints(before, now) ==
          lines{"spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive "
                "integer to nil value",
                "spec.tolerations: Forbidden: existing toleration can not be modified except its "
                "tolerationSeconds"});
}

TEST_CASE("other changes of a pod are refused with what changed") {
    auto const before = sound_pod();
    auto now = before;
    now.spec.hostname = "h";
    auto const all = complaints(now, before);
    REQUIRE(all.size() == 1);
    CHECK(all[0].starts_with("spec: Forbidden: pod updates may not change fields other than"));
    CHECK(all[0].find("\n- \"Hostname\": \"\",\n+ \"Hostname\": \"h\",\n") != std::string::npos);
}

TEST_CASE("a gated pod may be narrowed and set free, but not gated again") {
    auto before = sound_pod();
    before.spec.scheduling_gates.emplace_back().name = "example.com/a";
    auto now = before;
    now.spec.node_selector["disk"] = "ssd";
    now.spec.scheduling_gates.clear();
    CHECK(complaints(now, before).empty());
    CHECK(complaints(before, now)[0] ==
          "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate "
          "'example.com/a'");
}

TEST_CASE("a container that ended for good does not come back") {
    auto before = sound_pod();
    before.spec.restart_policy = "Never";
    auto& s = before.status.container_statuses.emplace_back();
    s.name = "main";
    s.state.terminated.engage();
    auto now = before;
    now.status.container_statuses[0].state = {};
    auto errors = api::field_errors();
    validate_status(now, before, errors);
    CHECK(
        said(errors) ==
        lines{
            "status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state"});
}

TEST_CASE("doubtful pods are warned of") {
    auto p = sound_pod();
    p.spec.containers[0].env.resize(2);
    p.spec.containers[0].env[0].name = p.spec.containers[0].env[1].name = "A";
    p.spec.containers[0].resources.requests["memory"] = quantity("100m");
    CHECK(warnings_of(p) ==
          lines{"spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped "
                "when using apply",
                "spec.containers[0].resources.requests[memory]: fractional byte value \"100m\" is invalid, "
                "must be an "
                "integer"});
    CHECK(warnings_of(p, &p).empty());
}

TEST_CASE("differences are told in hunks with three lines around them") {
    auto a = lines();
    for (auto i = 0; i < 20; ++i) a.push_back(std::to_string(i));
    auto b = a;
    b[2] = "two";
    b.erase(b.begin() + 15);
    CHECK(kube::detail::unified(a, b) == "@@ -1,6 +1,6 @@\n 0\n 1\n-2\n+two\n 3\n 4\n 5\n"
                                         "@@ -13,7 +13,6 @@\n 12\n 13\n 14\n-15\n 16\n 17\n 18\n");
}
