/// \file
/// How pod templates behave in the API, and their table.

#include "../../complaints.hpp"
#include "../../table.hpp"

#include <berth/kube/core/pod_template/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a pod template is filled in, checked and shown like the pods that it may become") {
    auto const k = kube::pod_template_kind();
    auto t = kube::pod_template();
    t.metadata.name = "worker";
    auto& c = t.template_.spec.containers.emplace_back();
    c.name = "main";
    c.image = "app";
    t.template_.metadata.labels["app"] = "a";
    k.set_defaults(t);
    CHECK(t.template_.spec.restart_policy == "Always");
    auto const said = said_by([&](auto& errors) { k.validate(t, errors); });
    CHECK(said.empty());
    t.template_.spec.containers[0].name = "";
    CHECK(said_by([&](auto& errors) { k.validate_update(t, t, errors); }) ==
          lines{"template.spec.containers[0].name: Required value"});
    CHECK(cells_of(k, t) == std::vector<std::string>{"worker", "", "app", "app=a"});
}

TEST_CASE("a pod template has a new generation when the pods would be others") {
    auto const k = kube::pod_template_kind();
    auto before = kube::pod_template();
    k.prepare_create(before);
    CHECK(before.metadata.generation == 1);
    auto now = before;
    k.prepare_update(now, before);
    CHECK(now.metadata.generation == 1);
    now.template_.spec.hostname = "h";
    k.prepare_update(now, before);
    CHECK(now.metadata.generation == 2);
}
