/// \file
/// Objects are created only in namespaces that exist and stay.

#include "../../admission_desk.hpp"

#include <berth/kube/core/namespace/admission.hpp>

using namespace test;

TEST_CASE("nothing is created in a namespace that does not exist") {
    auto desk = admission_desk();
    auto p = make_pod("p").in("nowhere").done();
    auto const said = desk.create(kube::namespace_lifecycle(), p);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == error_code::not_found);
    CHECK(said.error().message == "namespaces \"nowhere\" not found");
}

TEST_CASE("nothing is created in a namespace that goes, but what is there may change") {
    auto desk = admission_desk();
    desk.knows(make_namespace("default").deleting().done());
    auto p = make_pod("p").done();
    auto const said = desk.create(kube::namespace_lifecycle(), p);
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().code == error_code::forbidden);
    CHECK(said.error().message ==
          "pods \"p\" is forbidden: unable to create new content in namespace default because "
          "it is being terminated");
    CHECK(said.error().details.causes.at(0).reason == "NamespaceTerminating");
    CHECK(desk.update(kube::namespace_lifecycle(), p, p).has_value());
}

TEST_CASE("in a namespace that stays all may be created, and what has no namespace needs none") {
    auto desk = admission_desk();
    desk.knows(make_namespace("default").done());
    auto p = make_pod("p").done();
    auto n = make_node("a").done();
    CHECK(desk.create(kube::namespace_lifecycle(), p).has_value());
    CHECK(desk.create(kube::namespace_lifecycle(), n).has_value());
}

TEST_CASE("the namespaces of the system itself cannot be deleted") {
    auto desk = admission_desk();
    for (auto const* const name : {"default", "kube-system", "kube-public"}) {
        auto const said = desk.remove(kube::namespace_lifecycle(), make_namespace(name).done());
        REQUIRE_FALSE(said.has_value());
        CHECK(said.error().code == error_code::forbidden);
    }
    CHECK(desk.remove(kube::namespace_lifecycle(), make_namespace("mine").done()).has_value());
    CHECK(desk.remove(kube::namespace_lifecycle(), make_pod("default").done()).has_value());
}
