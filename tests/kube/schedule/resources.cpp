/// \file
/// What pods ask for, container by container.

#include "../vocabulary.hpp"

#include <berth/kube/schedule/resources.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto q(std::string_view text) -> object::quantity { return object::quantity::parse(text).value(); }

/// A list of processors and memory; an empty text leaves one out.
auto resources(std::string_view cpu, std::string_view memory = "") -> kube::resource_list {
    auto out = kube::resource_list();
    if (!cpu.empty()) out["cpu"] = q(cpu);
    if (!memory.empty()) out["memory"] = q(memory);
    return out;
}

auto asking(kube::resource_list requests) -> kube::container {
    auto c = kube::container{};
    c.resources.requests = std::move(requests);
    return c;
}
auto sidecar(kube::resource_list requests) -> kube::container {
    auto c = asking(std::move(requests));
    c.restart_policy.engage() = "Always";
    return c;
}

auto amounts(std::int64_t cpu, std::int64_t memory) -> kube::amounts {
    auto out = kube::amounts{};
    out.cpu = cpu;
    out.memory = memory;
    return out;
}

constexpr auto mib = std::int64_t{1024} * 1024;

} // namespace

TEST_CASE("processors count in thousandths, other resources in whole units, both rounded up") {
    auto list = resources("1500u", "1500m");
    list["ephemeral-storage"] = q("1Ki");
    list["example.com/gpu"] = q("2");
    list["hugepages-2Mi"] = q("0");
    list["pods"] = q("110");
    auto const a = kube::amounts_of(list);
    CHECK(a.cpu == 2);
    CHECK(a.memory == 2);
    CHECK(a.storage == 1024);
    CHECK(a.extended.get("example.com/gpu") == 2);
    CHECK(a.extended.size() == 1);
    CHECK(kube::pod_limit(list) == 110);
    CHECK(kube::pod_limit({}) == 0);
}

TEST_CASE("amounts that are added and taken away leave nothing behind") {
    auto list = resources("1", "1Mi");
    list["example.com/gpu"] = q("1");
    auto const some = kube::amounts_of(list);
    auto sum = kube::amounts{};
    CHECK(sum.nothing());
    sum += some;
    sum += some;
    CHECK(sum.cpu == 2000);
    CHECK(sum.extended.get("example.com/gpu") == 2);
    sum -= some;
    CHECK(sum == some);
    sum -= some;
    CHECK(sum.nothing());
    CHECK(sum == kube::amounts{});
}

TEST_CASE("containers run together") {
    auto spec = kube::pod_spec{};
    spec.containers = {asking(resources("100m", "1Mi")), asking(resources("200m")), asking({})};
    CHECK(kube::request_of(spec) == amounts(300, mib));
}

TEST_CASE("init containers run one after the other, and count where they ask for more") {
    auto spec = kube::pod_spec{};
    spec.containers = {asking(resources("100m", "8Mi"))};
    spec.init_containers = {asking(resources("500m", "1Mi")), asking(resources("300m", "2Mi"))};
    CHECK(kube::request_of(spec) == amounts(500, 8 * mib));
}

TEST_CASE("sidecars run beside the containers, and beside the init containers after them") {
    auto spec = kube::pod_spec{};
    spec.containers = {asking(resources("100m"))};
    spec.init_containers = {asking(resources("250m")), sidecar(resources("200m")), asking(resources("150m"))};
    CHECK(kube::request_of(spec).cpu == 350);
    spec.init_containers[0] = asking(resources("360m"));
    CHECK(kube::request_of(spec).cpu == 360);
    spec.containers[0] = asking(resources("190m"));
    CHECK(kube::request_of(spec).cpu == 390);
}

TEST_CASE(
    "what the pod as a whole asks for counts instead of what its containers do, and overhead comes on top") {
    auto spec = kube::pod_spec{};
    auto list = resources("100m", "1Mi");
    list["example.com/gpu"] = q("1");
    list["hugepages-2Mi"] = q("2Mi");
    spec.containers = {asking(list)};
    auto whole = resources("1");
    whole["hugepages-2Mi"] = q("8Mi");
    spec.resources.engage().requests = whole;
    spec.overhead = resources("10m", "1Mi");
    auto const a = kube::request_of(spec);
    CHECK(a.cpu == 1010);
    CHECK(a.memory == 2 * mib);
    CHECK(a.extended.get("example.com/gpu") == 1);
    CHECK(a.extended.get("hugepages-2Mi") == 8 * mib);
}

TEST_CASE(
    "a container that asks for nothing is assumed to take a little, but one that asks for zero is not") {
    auto spec = kube::pod_spec{};
    spec.containers = {asking({}), asking(resources("0", "0")), asking(resources("1"))};
    CHECK(kube::request_of(spec) == amounts(1000, 0));
    CHECK(kube::request_of(spec, true) == amounts(1100, 400 * mib));
}

TEST_CASE("amounts are asked for by the names of resources") {
    auto a = kube::amounts();
    a.cpu = 1;
    a.memory = 2;
    a.storage = 3;
    a.extended["example.com/gpu"] = 4;
    CHECK(a.of("cpu") == 1);
    CHECK(a.of("memory") == 2);
    CHECK(a.of("ephemeral-storage") == 3);
    CHECK(a.of("example.com/gpu") == 4);
    CHECK(a.of("example.com/fpga") == 0);
}

namespace {

/// A pod of one container that asks for `asked`, has `has`, and for which `set_aside` is set aside.
auto resized(kube::resource_list asked, kube::resource_list has, kube::resource_list set_aside,
             std::string pending = "") -> kube::pod {
    auto p = kube::pod{};
    p.spec.containers.push_back(asking(std::move(asked)));
    p.spec.containers.back().name = "main";
    auto& s = p.status.container_statuses.emplace_back();
    s.name = "main";
    s.resources.engage().requests = std::move(has);
    s.allocated_resources = std::move(set_aside);
    if (pending.empty()) return p;
    auto& c = p.status.conditions.emplace_back();
    c.type = "PodResizePending";
    c.status = "True";
    c.reason = std::move(pending);
    return p;
}

} // namespace

TEST_CASE("while a pod is resized the most counts of what it asks for, has, and is promised") {
    CHECK(kube::request_of(resized(resources("3"), resources("1"), resources("1"))).cpu == 3000);
    CHECK(kube::request_of(resized(resources("1"), resources("3"), resources("2"))).cpu == 3000);
    CHECK(kube::request_of(resized(resources("1"), resources("2"), resources("3"))).cpu == 3000);
    CHECK(kube::request_of(resized(resources("3", "1Mi"), resources("1", "2Mi"), {})) ==
          amounts(3000, 2 * mib));
    CHECK(kube::request_of(resized(resources("3"), resources("1"), {}, "Deferred")).cpu == 3000);
}

TEST_CASE("a resize that the node finds infeasible does not count") {
    CHECK(kube::request_of(resized(resources("9"), resources("1"), resources("2"), "Infeasible")).cpu ==
          2000);
}

TEST_CASE(
    "what a container's status does not tell counts as it asks, and what is assumed where nobody tells") {
    auto p = resized(resources("1"), {}, {});
    CHECK(kube::request_of(p, true) == amounts(1000, 200 * mib));
    p.status.container_statuses[0].resources.reset();
    p.status.container_statuses[0].allocated_resources = resources("5");
    CHECK(kube::request_of(p).cpu == 1000);
    p.status.container_statuses[0].name = "another";
    p.status.container_statuses[0].resources.engage().requests = resources("7");
    CHECK(kube::request_of(p).cpu == 1000);
    CHECK(kube::request_of(p.spec).cpu == 1000);
}

TEST_CASE("sidecars can be resized, other init containers cannot") {
    auto p = kube::pod{};
    p.spec.init_containers.push_back(sidecar(resources("1")));
    p.spec.init_containers.back().name = "beside";
    p.spec.init_containers.push_back(asking(resources("2")));
    p.spec.init_containers.back().name = "before";
    for (auto const* const name : {"beside", "before"}) {
        auto& s = p.status.init_container_statuses.emplace_back();
        s.name = name;
        s.resources.engage().requests = resources("4");
    }
    CHECK(kube::request_of(p).cpu == 6000);
}

TEST_CASE("a pod that asks as a whole is resized as a whole") {
    auto p = kube::pod{};
    p.spec.resources.engage().requests = resources("1", "1Mi");
    p.status.resources.engage().requests = resources("2");
    p.status.allocated_resources = resources("3");
    CHECK(kube::request_of(p) == amounts(3000, mib));
    p.status.resources.reset();
    CHECK(kube::request_of(p) == amounts(1000, mib));
}
