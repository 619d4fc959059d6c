/// \file
/// Jobs whose manifests say little.

#include <berth/kube/batch/job/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

namespace {

auto filled(kube::job j) -> kube::job {
    set_defaults(j);
    return j;
}

} // namespace

TEST_CASE("a job is one pod that is to succeed once, with six retries") {
    auto const s = filled({}).spec;
    CHECK(s.completions == 1);
    CHECK(s.parallelism == 1);
    CHECK(s.backoff_limit == 6);
    CHECK(*s.completion_mode == "NonIndexed");
    CHECK(s.suspend == false);
    CHECK(s.manual_selector == false);
    CHECK(*s.pod_replacement_policy == "TerminatingOrFailed");
    CHECK(s.template_.spec.dns_policy == "ClusterFirst");
}

TEST_CASE("a job with a parallelism of its own has no number of completions unless it says one") {
    auto j = kube::job();
    j.spec.parallelism = 3;
    CHECK_FALSE(filled(j).spec.completions.has_value());
    j = {};
    j.spec.completions = 5;
    CHECK(filled(j).spec.parallelism == 1);
}

TEST_CASE("a job that counts the failures of each index does not count them together") {
    auto j = kube::job();
    j.spec.backoff_limit_per_index = 1;
    CHECK(filled(j).spec.backoff_limit == 2147483647);
}

TEST_CASE(
    "with a policy for failures pods are replaced when they have failed, and conditions are true ones") {
    auto j = kube::job();
    auto& rule = j.spec.pod_failure_policy.engage().rules.emplace_back();
    rule.on_pod_conditions.emplace_back().type = "DisruptionTarget";
    auto const s = filled(j).spec;
    CHECK(*s.pod_replacement_policy == "Failed");
    CHECK(s.pod_failure_policy->rules[0].on_pod_conditions[0].status == "True");
}

TEST_CASE("filling a job in twice is filling it in once") {
    auto const once = filled({});
    CHECK(filled(once) == once);
}
