/// \file
/// Limit ranges at work: defaults, and what is refused.

#include "../../admission_desk.hpp"
#include "../../complaints.hpp"

#include <berth/kube/core/limit_range/admission.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto bounds() -> kube::limit_range {
    auto l = named<kube::limit_range>("limits");
    auto& c = l.spec.limits.emplace_back();
    c.type = "Container";
    c.default_["cpu"] = quantity("1");
    c.default_["memory"] = quantity("256Mi");
    c.default_request["cpu"] = quantity("100m");
    c.max["cpu"] = quantity("2");
    c.min["cpu"] = quantity("50m");
    c.max_limit_request_ratio["cpu"] = quantity("10");
    auto& p = l.spec.limits.emplace_back();
    p.type = "Pod";
    p.max["cpu"] = quantity("3");
    auto& v = l.spec.limits.emplace_back();
    v.type = "PersistentVolumeClaim";
    v.min["storage"] = quantity("1Gi");
    v.max["storage"] = quantity("10Gi");
    return l;
}

auto pod_of(int containers) -> kube::pod {
    auto p = named<kube::pod>("p");
    for (auto i = 0; i < containers; ++i) p.spec.containers.emplace_back().name = "c" + std::to_string(i);
    return p;
}

auto refusal(result<void> const& done) -> std::string { return done ? "" : done.error().message; }

} // namespace

TEST_CASE("containers that do not say what they need are told, and it is noted") {
    auto p = pod_of(2);
    p.spec.containers[1].resources.limits["cpu"] = quantity("200m");
    p.spec.containers[1].resources.requests["cpu"] = quantity("200m");
    auto desk = admission_desk();
    desk.knows(bounds());
    REQUIRE(desk.create(kube::limit_ranger(), p));
    CHECK(*p.spec.containers[0].resources.limits.find("memory") == quantity("256Mi"));
    CHECK(*p.spec.containers[0].resources.requests.find("cpu") == quantity("100m"));
    CHECK(*p.spec.containers[1].resources.limits.find("cpu") == quantity("200m"));
    CHECK(*p.metadata.annotations.find("kubernetes.io/limit-ranger") ==
          "LimitRanger plugin set: cpu request for container c0; cpu, memory limit for container c0; memory "
          "limit for container c1");
}

TEST_CASE("what a pod asks for beyond the bounds is told at once") {
    auto p = pod_of(1);
    auto& r = p.spec.containers[0].resources;
    r.limits["cpu"] = quantity("2500m");
    r.requests["cpu"] = quantity("60m");
    auto desk = admission_desk();
    desk.knows(bounds());
    CHECK(refusal(desk.create(kube::limit_ranger(), p)) ==
          "pods \"p\" is forbidden: [maximum cpu usage per Container is 2, but limit is 2500m, cpu max limit "
          "to "
          "request ratio per Container is 10, but provided ratio is 41.666667]");
}

TEST_CASE("a pod is bounded as a whole, and what it says itself counts") {
    auto p = pod_of(4);
    for (auto& c : p.spec.containers) c.resources.limits["cpu"] = quantity("1");
    auto desk = admission_desk();
    desk.knows(bounds());
    CHECK(refusal(desk.create(kube::limit_ranger(), p)) ==
          "pods \"p\" is forbidden: maximum cpu usage per Pod is 3, but limit is 4");
    p.spec.resources.engage().limits["cpu"] = quantity("3");
    CHECK(desk.create(kube::limit_ranger(), p));
}

TEST_CASE("claims are bounded when they are made and when they change, pods only when they are made") {
    auto desk = admission_desk();
    desk.knows(bounds());
    auto c = named<kube::persistent_volume_claim>("c");
    c.spec.resources.requests["storage"] = quantity("500Mi");
    auto const before = c;
    auto const told = std::string("persistentvolumeclaims \"c\" is forbidden: minimum storage usage per "
                                  "PersistentVolumeClaim is 1Gi, but request is 500Mi");
    CHECK(refusal(desk.create(kube::limit_ranger(), c)) == told);
    CHECK(refusal(desk.update(kube::limit_ranger(), c, before)) == told);
    auto p = pod_of(1);
    auto const old = p;
    CHECK(desk.update(kube::limit_ranger(), p, old));
    CHECK(p == old);
}

TEST_CASE("a limit range is about its own namespace") {
    auto l = bounds();
    l.metadata.namespace_ = "elsewhere";
    auto desk = admission_desk();
    desk.knows(l);
    auto p = pod_of(1);
    REQUIRE(desk.create(kube::limit_ranger(), p));
    CHECK(p.spec.containers[0].resources.limits.empty());
}
