/// \file
/// What pods get of their runtime class.

#include "../../admission_desk.hpp"

#include <berth/kube/node/runtime_class/admission.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto of_class(std::string name) -> kube::pod {
    auto p = make_pod("p").done();
    p.spec.runtime_class_name = std::move(name);
    return p;
}

auto heavy() -> kube::runtime_class {
    auto c = kube::runtime_class();
    c.metadata.name = "heavy";
    c.overhead.engage().pod_fixed["cpu"] = *object::quantity::parse("100m");
    auto& s = c.scheduling.engage();
    s.node_selector["disk"] = "ssd";
    auto& t = s.tolerations.emplace_back();
    t.key = "heavy";
    t.operator_ = "Exists";
    return c;
}

} // namespace

TEST_CASE("a pod gets the overhead, the nodes and the tolerations of its class") {
    auto desk = admission_desk();
    desk.knows(heavy());
    auto p = of_class("heavy");
    auto& own = p.spec.tolerations.emplace_back();
    own.key = "heavy";
    own.operator_ = "Equal";
    own.value = "x";
    REQUIRE(desk.create(kube::runtime_class_admission(), p));
    CHECK(p.spec.overhead == heavy().overhead->pod_fixed);
    CHECK(p.spec.node_selector.get("disk") == "ssd");
    REQUIRE(p.spec.tolerations.size() == 1); // that of the class has the pod's own in it
    CHECK(p.spec.tolerations[0].operator_ == "Exists");
}

TEST_CASE("a pod that its class cannot serve is refused") {
    auto desk = admission_desk();
    desk.knows(heavy());
    auto const said = [&](kube::pod p) { return desk.create(kube::runtime_class_admission(), p).error(); };
    CHECK(said(of_class("missing")).message.ends_with("pod rejected: RuntimeClass \"missing\" not found"));
    CHECK(said(of_class("")).code == error_code::internal);
    auto p = of_class("heavy");
    p.spec.overhead["cpu"] = *object::quantity::parse("1");
    CHECK(said(p).message.ends_with(
        "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead"));
    p.spec.runtime_class_name.reset();
    CHECK(said(p).message.ends_with("without corresponding RuntimeClass defined Overhead"));
    p = of_class("heavy");
    p.spec.node_selector["disk"] = "hdd";
    CHECK(said(p).message.ends_with("conflict: runtimeClass.scheduling.nodeSelector[disk] = ssd; "
                                    "pod.spec.nodeSelector[disk] = hdd"));
}
