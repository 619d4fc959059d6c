/// \file
/// Which class an ingress gets that names none.

#include "../../admission_desk.hpp"

#include <berth/kube/networking/ingress/type.hpp>
#include <berth/kube/networking/ingress_class/admission.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto default_class(std::string name, int age) -> kube::ingress_class {
    auto c = kube::ingress_class();
    c.metadata.name = std::move(name);
    c.metadata.creation_timestamp = object::timestamp(new_year - seconds(age));
    c.metadata.annotations[std::string(kube::default_ingress_class_annotation)] = "true";
    return c;
}

} // namespace

TEST_CASE("an ingress that names no class gets the newest default, and others stay as they are") {
    auto desk = admission_desk();
    auto const link = kube::default_ingress_class();
    auto i = kube::ingress();
    REQUIRE(desk.create(link, i));
    CHECK_FALSE(i.spec.ingress_class_name);
    desk.knows(default_class("old", 9)).knows(default_class("b", 1)).knows(default_class("a", 1));
    REQUIRE(desk.create(link, i));
    CHECK(*i.spec.ingress_class_name == "a");
    auto other = kube::ingress();
    other.metadata.annotations["kubernetes.io/ingress.class"] = "mine";
    REQUIRE(desk.create(link, other));
    CHECK_FALSE(other.spec.ingress_class_name);
}
