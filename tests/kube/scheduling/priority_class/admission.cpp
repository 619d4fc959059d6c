/// \file
/// What admission does with priority classes.

#include "../../admission_desk.hpp"

#include <berth/kube/scheduling/priority_class/admission.hpp>

using namespace test;

namespace {

class make_class : public maker<make_class, kube::priority_class> {
public:
    make_class(std::string name, std::int32_t value, bool global = false) : maker(std::move(name)) {
        value_.value = value;
        value_.global_default = global;
    }
};

auto of_class(std::string name) -> kube::pod {
    return make_pod("p").with([&](kube::pod& p) { p.spec.priority_class_name = std::move(name); }).done();
}

} // namespace

TEST_CASE("a pod has the priority of its class") {
    auto desk = admission_desk();
    desk.knows(make_class("high", 1000).with([](auto& c) { c.preemption_policy.engage() = "Never"; }).done());
    auto p = of_class("high");
    REQUIRE(desk.create(kube::priority_admission(), p).has_value());
    CHECK(p.spec.priority == 1000);
    CHECK(*p.spec.preemption_policy == "Never");
}

TEST_CASE("a pod without a class has that of the least default class, or none") {
    auto desk = admission_desk();
    auto p = make_pod("p").done();
    REQUIRE(desk.create(kube::priority_admission(), p).has_value());
    CHECK(p.spec.priority == 0);
    CHECK(*p.spec.preemption_policy == "PreemptLowerPriority");
    CHECK(p.spec.priority_class_name.empty());
    desk.knows(make_class("more", 20, true).done()).knows(make_class("less", 10, true).done());
    p = make_pod("p").done();
    REQUIRE(desk.create(kube::priority_admission(), p).has_value());
    CHECK(p.spec.priority == 10);
    CHECK(p.spec.priority_class_name == "less");
}

TEST_CASE("a pod of a class that does not exist is refused, and so is one that gives itself a priority") {
    auto desk = admission_desk();
    desk.knows(make_class("high", 1000).done());
    auto p = of_class("absent");
    auto said = desk.create(kube::priority_admission(), p);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().message == "pods \"p\" is forbidden: no PriorityClass with name absent was found");
    p = of_class("high");
    p.spec.priority = 1001;
    said = desk.create(kube::priority_admission(), p);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == error_code::forbidden);
    p.spec.priority = 1000;
    CHECK(desk.create(kube::priority_admission(), p).has_value());
}

TEST_CASE("an update that leaves the priority out keeps it") {
    auto desk = admission_desk();
    auto const before = make_pod("p").with([](kube::pod& o) { o.spec.priority = 7; }).done();
    auto p = make_pod("p").done();
    REQUIRE(desk.update(kube::priority_admission(), p, before).has_value());
    CHECK(p.spec.priority == 7);
}
