/// \file
/// What becomes of pods that are not careful enough.

#include "../../../admission_desk.hpp"

#include <berth/kube/core/pod/security/admission.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto demanding(std::string mode, std::string level) -> kube::namespace_ {
    auto n = kube::namespace_();
    n.metadata.name = "default";
    n.metadata.labels["pod-security.kubernetes.io/" + mode] = std::move(level);
    return n;
}

auto careless(std::string name) -> kube::pod {
    auto p = make_pod(std::move(name)).done();
    p.spec.containers.clear();
    p.spec.containers.emplace_back().name = "main";
    p.spec.host_network = true;
    return p;
}

} // namespace

TEST_CASE("a careless pod is refused where that is enforced, and told of where it is warned of") {
    auto const link = kube::pod_security();
    auto enforcing = admission_desk();
    enforcing.knows(demanding("enforce", "baseline"));
    auto p = careless("p");
    auto const refused = enforcing.create(link, p);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == R"(pods "p" is forbidden: violates PodSecurity "baseline:latest": )"
                                     R"(host namespaces (hostNetwork=true))");
    auto before = p;
    p.metadata.labels["a"] = "b";
    CHECK(enforcing.update(link, p, before)); // nothing that matters has changed
    p.spec.containers[0].image = "new";
    CHECK_FALSE(enforcing.update(link, p, before));
    auto warning = admission_desk();
    warning.knows(demanding("warn", "baseline"));
    REQUIRE(warning.create(link, p));
    CHECK(warning.warnings() ==
          std::vector<std::string>{
              R"(would violate PodSecurity "baseline:latest": host namespaces (hostNetwork=true))"});
}

TEST_CASE("templates are told of and never refused") {
    auto desk = admission_desk();
    desk.knows(demanding("enforce", "baseline"));
    auto d = kube::deployment();
    d.metadata.namespace_ = "default";
    d.spec.template_.spec.host_pid = true;
    REQUIRE(desk.create(kube::pod_security(), d));
    CHECK(desk.warnings().size() == 1);
}

TEST_CASE("a namespace that begins to enforce more is told which of its pods break that") {
    auto desk = admission_desk();
    desk.knows(careless("b")).knows(careless("a")).knows(make_pod("plain").done());
    auto now = demanding("enforce", "baseline");
    REQUIRE(desk.update(kube::pod_security(), now, demanding("warn", "baseline")));
    CHECK(desk.warnings() ==
          std::vector<std::string>{R"(existing pods in namespace "default" violate the new )"
                                   R"(PodSecurity enforce level "baseline:latest")",
                                   "a (and 1 other pod): host namespaces"});
}

TEST_CASE("labels that are wrong are refused, unless they were there") {
    auto desk = admission_desk();
    auto const link = kube::pod_security();
    auto n = demanding("enforce", "x");
    CHECK(desk.create(link, n).error().code == error_code::invalid);
    CHECK(desk.update(link, n, n));
    CHECK_FALSE(desk.update(link, n, demanding("enforce", "y")));
}
