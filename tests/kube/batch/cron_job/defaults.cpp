/// \file
/// Cron jobs whose manifests say little.

#include <berth/kube/batch/cron_job/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("the jobs of a cron job run beside each other, and some that ended are kept") {
    auto c = kube::cron_job();
    set_defaults(c);
    CHECK(c.spec.concurrency_policy == "Allow");
    CHECK(c.spec.suspend == false);
    CHECK(c.spec.successful_jobs_history_limit == 3);
    CHECK(c.spec.failed_jobs_history_limit == 1);
}

TEST_CASE("the jobs of a cron job get their defaults when they are made, but their pods have them now") {
    auto c = kube::cron_job();
    c.spec.job_template.spec.pod_failure_policy.engage()
        .rules.emplace_back()
        .on_pod_conditions.emplace_back();
    set_defaults(c);
    auto const& made = c.spec.job_template.spec;
    CHECK_FALSE(made.suspend);
    CHECK_FALSE(made.completion_mode);
    CHECK(made.template_.spec.restart_policy == "Always");
    CHECK(made.pod_failure_policy->rules[0].on_pod_conditions[0].status == "True");
}
