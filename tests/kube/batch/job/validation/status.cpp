/// \file
/// Changes of a job's status: a job that is over stays over, and its counts agree.

#include "../sound_job.hpp"

#include <berth/kube/batch/job/validation/status.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto at(std::int64_t second) -> object::timestamp {
    return object::timestamp(time_point::from_unix_seconds(second));
}
auto set(kube::job& j, std::string type, std::string status = "True") -> void {
    if (auto* const there = object::find_condition(j.status.conditions, type)) {
        there->status = std::move(status);
        return;
    }
    auto& c = j.status.conditions.emplace_back();
    c.type = std::move(type);
    c.status = std::move(status);
}
auto running(kube::job j = sound_job()) -> kube::job {
    j.status.start_time = at(10);
    return j;
}
auto complete(kube::job j = running()) -> kube::job {
    set(j, "SuccessCriteriaMet");
    set(j, "Complete");
    j.status.completion_time = at(20);
    j.status.succeeded = 1;
    return j;
}
auto failed() -> kube::job {
    auto j = running();
    set(j, "FailureTarget");
    set(j, "Failed");
    return j;
}
auto changed(kube::job const& before, auto change) -> lines {
    auto now = before;
    change(now);
    return status_complaints(now, before);
}

} // namespace

TEST_CASE("jobs start, succeed and fail") {
    CHECK(status_complaints(running(), sound_job()).empty());
    CHECK(status_complaints(complete(), running()).empty());
    CHECK(status_complaints(failed(), running()).empty());
}

TEST_CASE("counts are not negative, and those of ends do not go down") {
    CHECK(changed(running(), [](kube::job& j) { j.status.active = -1; }) ==
          lines{"status.active: Invalid value: -1: must be greater than or equal to 0"});
    auto j = running();
    j.status.failed = 2;
    j.status.succeeded = 2;
    CHECK(changed(j, [](kube::job& now) { now.status.failed = 1; }) ==
          lines{"status.failed: Invalid value: 1: cannot decrease the failed counter"});
    CHECK(changed(j, [](kube::job& now) { now.status.succeeded = 1; }) ==
          lines{"status.succeeded: Invalid value: 1: cannot decrease the succeeded counter"});
    CHECK(changed(running(), [](kube::job& now) { now.status.ready = 1; }) ==
          lines{"status.ready: Invalid value: 1: cannot set more ready pods than active"});
}

TEST_CASE("an indexed job that is made smaller has fewer successes") {
    auto j = running(indexed_job(4));
    j.spec.parallelism = 4;
    j.status.succeeded = 3;
    CHECK(changed(j, [](kube::job& now) { now.status.succeeded = 2; }).empty());
}

TEST_CASE("a job does not succeed and fail") {
    CHECK(
        changed(complete(), [](kube::job& j) { set(j, "FailureTarget"); }) ==
        lines{"status.conditions: Invalid value: cannot set Complete=True and FailureTarget=true conditions",
              "status.conditions: Invalid value: cannot set SuccessCriteriaMet=True and FailureTarget=true "
              "conditions"});
    CHECK(changed(running(), [](kube::job& j) { set(j, "Failed"); }) ==
          lines{"status.conditions: Invalid value: cannot set Failed=True condition without the "
                "FailureTarget=true condition"});
}

TEST_CASE("the end of a job is for good") {
    CHECK(changed(complete(), [](kube::job& j) { set(j, "Complete", "False"); }).front() ==
          "status.conditions: Invalid value: cannot disable the terminal Complete=True condition");
    CHECK(changed(failed(), [](kube::job& j) { set(j, "Failed", "False"); }) ==
          lines{"status.conditions: Invalid value: cannot disable the terminal Failed=True condition"});
    auto met = running();
    set(met, "SuccessCriteriaMet");
    CHECK(changed(met, [](kube::job& j) { set(j, "SuccessCriteriaMet", "False"); }) ==
          lines{"status.conditions: Invalid value: cannot disable the SuccessCriteriaMet=True condition"});
}

TEST_CASE("a complete job has a time of completion after its start, and only it has") {
    CHECK(
        changed(running(), [](kube::job& j) { j.status.completion_time = at(20); }) ==
        lines{
            "status.completionTime: Invalid value: \"1970-01-01T00:00:20Z\": cannot set completionTime when "
            "there is no Complete=True condition"});
    CHECK(changed(running(),
                  [](kube::job& j) {
                      j = complete(j);
                      j.status.completion_time.reset();
                  }) ==
          lines{"status.completionTime: Required value: completionTime is required for Complete "
                "jobs"});
    CHECK(changed(running(),
                  [](kube::job& j) {
                      j = complete(j);
                      j.status.completion_time = at(5);
                  }) ==
          lines{"status.completionTime: Invalid value: \"1970-01-01T00:00:05Z\": completionTime "
                "cannot be set before startTime"});
    CHECK(changed(complete(), [](kube::job& j) { j.status.completion_time = at(30); }) ==
          lines{"status.completionTime: Invalid value: \"1970-01-01T00:00:30Z\": completionTime cannot be "
                "mutated"});
}

TEST_CASE("a job that runs has started once") {
    CHECK(
        changed(running(), [](kube::job& j) { j.status.start_time = at(11); }) ==
        lines{"status.startTime: Invalid value: \"1970-01-01T00:00:11Z\": field is immutable for unsuspended "
              "job once set"});
    auto resting = running();
    resting.spec.suspend = true;
    CHECK(changed(resting, [](kube::job& j) { j.status.start_time.reset(); }).empty());
    CHECK(changed(sound_job(), [](kube::job& j) {
              set(j, "FailureTarget");
              set(j, "Failed");
          }) == lines{"status.startTime: Required value: startTime is required for finished job"});
}

TEST_CASE("a job that is over has nothing left") {
    CHECK(changed(running(),
                  [](kube::job& j) {
                      j = complete(j);
                      j.status.active = 1;
                      j.status.terminating = 2;
                      j.status.uncounted_terminated_pods.engage().failed = {"a"};
                  }) ==
          lines{"status.active: Invalid value: 1: active>0 is invalid for finished job",
                "status.terminating: Invalid value: 2: terminating>0 is invalid for finished job",
                "status.uncountedTerminatedPods: Invalid value: {\"Succeeded\":null,\"Failed\":[\"a\"]}: "
                "uncountedTerminatedPods needs to be empty for finished job"});
}

TEST_CASE("pods wait once to be counted") {
    CHECK(changed(running(),
                  [](kube::job& j) {
                      auto& u = j.status.uncounted_terminated_pods.engage();
                      u.succeeded = {"a", ""};
                      u.failed = {"a"};
                  }) ==
          lines{"status.uncountedTerminatedPods.succeeded[1]: Invalid value: \"\": must not be empty",
                "status.uncountedTerminatedPods.failed[0]: Duplicate value: \"a\""});
}

TEST_CASE("indexes that are done are those of the job, and none has succeeded and failed") {
    auto j = running(indexed_job(4));
    j.spec.backoff_limit_per_index = 1;
    CHECK(changed(j, [](kube::job& now) { now.status.completed_indexes = "0,4"; }) ==
          lines{"status.completedIndexes: Invalid value: \"0,4\": error parsing completedIndexes: too large "
                "index: \"4\""});
    CHECK(changed(j,
                  [](kube::job& now) {
                      now.status.completed_indexes = "0-2";
                      now.status.failed_indexes.engage() = "2,3";
                  }) ==
          lines{"status.failedIndexes: Invalid value: \"2,3\": failedIndexes and completedIndexes overlap at "
                "index: 2"});
    CHECK(changed(running(), [](kube::job& now) { now.status.completed_indexes = "0"; }) ==
          lines{"status.completedIndexes: Invalid value: \"0\": cannot set non-empty completedIndexes when "
                "non-indexed completion mode"});
    CHECK(
        changed(running(indexed_job(4)), [](kube::job& now) { now.status.failed_indexes.engage() = "0"; }) ==
        lines{"status.failedIndexes: Invalid value: \"0\": cannot set non-null failedIndexes when "
              "backoffLimitPerIndex is null"});
}

TEST_CASE("mistakes that are there already do not keep a status from being written") {
    auto j = complete();
    j.status.active = 1;
    CHECK(changed(j, [](kube::job& now) { now.status.failed = 1; }).empty());
}
