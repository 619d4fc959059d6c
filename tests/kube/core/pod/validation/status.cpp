/// \file
/// Changes of a pod's status: what is refused, where and in which words.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/status.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

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

TEST_CASE("a pod has one address of each family") {
    auto const before = sound_pod();
    auto now = before;
    now.status.pod_ips.resize(2);
    now.status.pod_ips[0].ip = "10.0.0.1";
    now.status.pod_ips[1].ip = "10.0.0.2";
    CHECK(status_complaints(now, before).size() == 1);
    now.status.pod_ips[1].ip = "fd00::1";
    CHECK(status_complaints(now, before).empty());
}
