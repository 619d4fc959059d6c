/// \file
/// The status of a deployment, and its conditions.

#include "../../../vocabulary.hpp"

#include <berth/kube/apps/deployment/controller/status.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto set_of(std::string name, std::int32_t size, std::int32_t available) -> kube::owned_set {
    return kube::owned_set(make_replica_set(std::move(name), size).counted(size, available).done());
}

auto sets(std::int32_t size, std::int32_t available, std::int32_t old_size, std::int32_t old_available)
    -> kube::rollout_sets {
    auto out = kube::rollout_sets();
    out.current.push_back(set_of("new", size, available));
    if (old_size > 0) out.old.push_back(set_of("old", old_size, old_available));
    return out;
}
auto reason(kube::deployment_status const& s, std::string_view type) -> std::string {
    auto const* const c = object::find_condition(s.conditions, type);
    return c == nullptr ? "absent" : c->reason;
}

} // namespace

TEST_CASE("counts are those of all sets, and the updated pods those of the current one") {
    auto const s = kube::counted_status(make_deployment("web", 4).done(), sets(2, 1, 3, 2), new_year);
    CHECK(s.replicas == 5);
    CHECK(s.updated_replicas == 2);
    CHECK(s.available_replicas == 3);
    CHECK(s.unavailable_replicas == 2);
    CHECK(s.terminating_replicas == 0);
    CHECK(s.observed_generation == 1);
    CHECK(reason(s, "Available") == "MinimumReplicasAvailable");
}

TEST_CASE("a deployment is complete when all of its pods are new and available") {
    auto const d = make_deployment("web", 2).done();
    auto s = kube::rollout_status(d, sets(2, 2, 0, 0), new_year);
    CHECK(kube::is_complete(d, s));
    CHECK(reason(s, "Progressing") == "NewReplicaSetAvailable");
    s = kube::rollout_status(d, sets(2, 1, 0, 0), new_year);
    CHECK_FALSE(kube::is_complete(d, s));
    CHECK(reason(s, "Progressing") == "ReplicaSetUpdated");
}

TEST_CASE("a rollout that stands still for too long has timed out") {
    auto d = make_deployment("web", 2).done();
    d.status = kube::rollout_status(d, sets(2, 1, 0, 0), new_year);
    CHECK(reason(kube::rollout_status(d, sets(2, 1, 0, 0), new_year + seconds(600)), "Progressing") ==
          "ReplicaSetUpdated");
    auto const late = kube::rollout_status(d, sets(2, 1, 0, 0), new_year + seconds(601));
    CHECK(reason(late, "Progressing") == "ProgressDeadlineExceeded");
    CHECK(object::find_condition(late.conditions, "Progressing")->status == "False");
}

TEST_CASE("without a deadline nothing is said of progress") {
    auto d = make_deployment("web", 2).done();
    d.spec.progress_deadline_seconds = 2147483647;
    CHECK_FALSE(kube::has_deadline(d));
    CHECK(reason(kube::rollout_status(d, sets(2, 2, 0, 0), new_year), "Progressing") == "absent");
}

TEST_CASE("a failure of a set is the deployment's, until it is gone") {
    auto all = sets(2, 1, 0, 0);
    auto& c = all.current[0].now.status.conditions.emplace_back();
    c.type = "ReplicaFailure";
    c.status = "True";
    c.reason = "FailedCreate";
    auto d = make_deployment("web", 2).done();
    d.status = kube::rollout_status(d, all, new_year);
    CHECK(reason(d.status, "ReplicaFailure") == "FailedCreate");
    CHECK(reason(kube::rollout_status(d, sets(2, 1, 0, 0), new_year), "ReplicaFailure") == "absent");
}

TEST_CASE("a condition of the same status and reason stays as it is") {
    auto s = kube::deployment_status();
    kube::set_condition(s, kube::new_deployment_condition("A", "True", "x", "one", new_year));
    kube::set_condition(s, kube::new_deployment_condition("A", "True", "x", "two", new_year + seconds(1)));
    CHECK(s.conditions[0].message == "one");
    kube::set_condition(s, kube::new_deployment_condition("A", "True", "y", "three", new_year + seconds(2)));
    CHECK(s.conditions[0].message == "three");
    CHECK(s.conditions[0].last_transition_time == object::timestamp(new_year));
    kube::remove_condition(s, "A");
    CHECK(s.conditions.empty());
}
