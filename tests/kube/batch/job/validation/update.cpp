/// \file
/// Changes of jobs: what has been begun stays what it is.

#include "../sound_job.hpp"

#include <berth/kube/batch/job/validation/update.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace test;

namespace {

auto changed(kube::job const& before, auto change) -> lines {
    auto now = before;
    change(now);
    return once(complaints(now, before));
}
auto suspended() -> kube::job {
    auto j = sound_job();
    j.spec.suspend = true;
    return j;
}

} // namespace

TEST_CASE("parallelism, retries, deadlines and suspension of a job may change") {
    CHECK(changed(sound_job(), [](kube::job& j) {
              j.spec.parallelism = 3;
              j.spec.backoff_limit = 1;
              j.spec.active_deadline_seconds = 5;
              j.spec.ttl_seconds_after_finished = 5;
              j.spec.suspend = true;
          }).empty());
}

TEST_CASE("what a job is counted by stays") {
    CHECK(changed(sound_job(), [](kube::job& j) { j.spec.completions = 2; }) ==
          lines{"spec.completions: Invalid value: 2: field is immutable"});
    CHECK(changed(sound_job(), [](kube::job& j) { j.spec.completion_mode.engage() = "Indexed"; }) ==
          lines{"spec.completionMode: Invalid value: \"Indexed\": field is immutable"});
    CHECK(changed(sound_job(), [](kube::job& j) { j.spec.managed_by.engage() = "acme.io/x"; }) ==
          lines{"spec.managedBy: Invalid value: \"acme.io/x\": field is immutable"});
    CHECK(changed(indexed_job(), [](kube::job& j) { j.spec.backoff_limit_per_index = 1; }) ==
          lines{"spec.backoffLimitPerIndex: Invalid value: 1: field is immutable"});
}

TEST_CASE("the policies of a job stay") {
    auto j = indexed_job();
    j.spec.success_policy.engage().rules.emplace_back().succeeded_count = 1;
    CHECK(changed(indexed_job(), [&](kube::job& now) { now.spec.success_policy = j.spec.success_policy; }) ==
          lines{"spec.successPolicy: Invalid value: "
                "{\"Rules\":[{\"SucceededIndexes\":null,\"SucceededCount\":1}]}: field is immutable"});
    CHECK(changed(j, [](kube::job& now) { now.spec.success_policy.reset(); }) ==
          lines{"spec.successPolicy: Invalid value: null: field is immutable"});
}

TEST_CASE("an indexed job grows and shrinks with its parallelism") {
    CHECK(changed(indexed_job(4), [](kube::job& j) { j.spec.completions = j.spec.parallelism = 6; }).empty());
    CHECK(changed(indexed_job(4), [](kube::job& j) { j.spec.completions = 6; }) ==
          lines{"spec.completions: Invalid value: 6: can only be modified in tandem with spec.parallelism"});
}

TEST_CASE("the selector of a job stays, and mistakes of the spec are told twice") {
    auto const before = sound_job();
    auto now = before;
    now.spec.selector.reset();
    auto const told = complaints(now, before);
    CHECK(std::count(told.begin(), told.end(), "spec.selector: Required value") == 2);
    CHECK(std::count(told.begin(), told.end(), "spec.selector: Invalid value: null: field is immutable") ==
          1);
}

TEST_CASE("the template of a job stays") {
    auto const told =
        changed(sound_job(), [](kube::job& j) { j.spec.template_.spec.containers[0].image = "b:2"; });
    REQUIRE(told.size() == 1);
    CHECK(told[0].starts_with("spec.template.spec: Invalid value: {\"Volumes\":null,"));
    CHECK(told[0].find("\"SecurityContext\":{\"HostNetwork\":false,") != std::string::npos);
    CHECK(told[0].ends_with("}: field is immutable"));
    CHECK(changed(sound_job(), [](kube::job& j) { j.spec.template_.spec.node_selector["a"] = "b"; }).size() ==
          1);
    CHECK(changed(sound_job(), [](kube::job& j) {
              j.spec.template_.metadata.annotations["a"] = "b";
          }).size() == 1);
}

TEST_CASE("while a job is suspended and has never begun, where its pods may run, and with what, can change") {
    auto const move = [](kube::job& j) {
        auto& t = j.spec.template_;
        t.spec.node_selector["a"] = "b";
        t.spec.containers[0].resources.requests["cpu"] = object::quantity::parse("1").value();
        t.spec.tolerations.emplace_back().operator_ = "Exists";
        t.spec.affinity.engage().node_affinity.engage();
        t.metadata.annotations["a"] = "b";
    };
    CHECK(changed(suspended(), move).empty());
    auto begun = suspended();
    begun.status.start_time = object::timestamp(time_point::from_unix_seconds(1));
    CHECK(changed(begun, move).size() == 1);
    CHECK(changed(suspended(), [](kube::job& j) {
              j.spec.template_.spec.containers[0].image = "b:2";
          }).size() == 1);
    auto const anti = [](kube::job& j) {
        j.spec.template_.spec.affinity.engage().pod_anti_affinity.engage();
    };
    CHECK(changed(suspended(), anti).size() == 1);
}

TEST_CASE("an affinity to nodes alone can be taken away again") {
    auto before = suspended();
    before.spec.template_.spec.affinity.engage().node_affinity.engage();
    CHECK(changed(before, [](kube::job& j) { j.spec.template_.spec.affinity.reset(); }).empty());
}
