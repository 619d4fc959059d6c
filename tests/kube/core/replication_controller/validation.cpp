/// \file
/// Replication controllers: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/replication_controller/defaults.hpp>
#include <berth/kube/core/replication_controller/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound() -> kube::replication_controller {
    auto c = named<kube::replication_controller>();
    auto& t = c.spec.template_.engage();
    t.metadata.labels["app"] = "a";
    auto& main = t.spec.containers.emplace_back();
    main.name = "main";
    main.image = "b";
    set_defaults(c);
    return c;
}

} // namespace

TEST_CASE("a replication controller selects the pods that it makes, which run for ever") {
    auto c = sound();
    CHECK(complaints(c).empty());
    c.spec.selector["app"] = "b";
    c.spec.template_->spec.active_deadline_seconds = 5;
    c.spec.replicas = -1;
    auto const told =
        lines{"spec.replicas: Invalid value: -1: must be greater than or equal to 0",
              "spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not "
              "match template `labels`",
              "spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in "
              "ReplicationController is not Supported"};
    CHECK(complaints(c) == told);
    CHECK(once(complaints(c, sound())) == told);
}

TEST_CASE("a replication controller without pods or selector is none") {
    auto c = named<kube::replication_controller>();
    set_defaults(c);
    CHECK(complaints(c) == lines{"spec.selector: Required value", "spec.template: Required value"});
}

TEST_CASE("counts of a replication controller's status agree") {
    auto c = sound();
    c.status.replicas = 1;
    c.status.ready_replicas = 2;
    CHECK(status_complaints(c, c) ==
          lines{"status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas"});
}
