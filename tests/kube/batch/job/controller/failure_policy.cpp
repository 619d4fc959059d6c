/// \file
/// What rules make of pods that failed.

#include "../job_words.hpp"

#include <berth/kube/batch/job/controller/failure_policy.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto on_exit(kube::pod_failure_policy_rule& r, std::string how, std::vector<std::int32_t> codes)
    -> kube::pod_failure_policy_on_exit_codes_requirement& {
    auto& wanted = r.on_exit_codes.engage();
    wanted.operator_ = std::move(how);
    wanted.values = std::move(codes);
    return wanted;
}

auto verdict(make_job const& j, make_pod const& p) -> kube::failure_verdict {
    return kube::judge_failure(j.done().spec, p.done());
}

auto const counts = kube::failure_verdict();

} // namespace

TEST_CASE("without rules, or one that applies, a failure counts") {
    auto j = make_job("count");
    auto const failed = ended(pod_of(j, "p"), 3);
    CHECK(verdict(j, failed) == counts);
    on_exit(j.failure_rule("Ignore"), "In", {4, 5});
    CHECK(verdict(j, failed) == counts);
    CHECK(verdict(j, pod_of(j, "p").deleting()) == counts);
}

TEST_CASE("the first rule that applies decides") {
    auto j = make_job("count");
    auto const failed = ended(pod_of(j, "p"), 3);
    on_exit(j.failure_rule("Ignore"), "In", {1, 3});
    on_exit(j.failure_rule("FailJob"), "In", {3, 42});
    CHECK(verdict(j, failed) == kube::failure_verdict{false, false, {}});
    CHECK(verdict(j, ended(pod_of(j, "p"), 42)).message ==
          "Container main for pod default/p failed with exit code 42 matching FailJob rule at index 1");
    on_exit(j.failure_rule("FailIndex"), "NotIn", {7});
    CHECK(verdict(j, ended(pod_of(j, "p"), 9)) == kube::failure_verdict{true, true, {}});
    CHECK(verdict(j, ended(pod_of(j, "p"), 7)) == counts);
}

TEST_CASE("exit codes are those of the named container, the main ones first, and never 0") {
    auto j = make_job("count");
    on_exit(j.failure_rule("Ignore"), "NotIn", {5}).container_name.engage() = "side";
    auto failed = ended(pod_of(j, "p"), 3);
    CHECK(verdict(j, failed) == counts);
    failed.with([](kube::pod& p) {
        auto& c = p.status.init_container_statuses.emplace_back();
        c.name = "side";
        c.state.terminated.engage().exit_code = 0;
    });
    CHECK(verdict(j, failed) == counts);
    failed.with([](kube::pod& p) { p.status.init_container_statuses[0].state.terminated->exit_code = 2; });
    CHECK(!verdict(j, failed).counts);
}

TEST_CASE("a condition of the pod may decide") {
    auto j = make_job("count");
    auto& wanted = j.failure_rule("FailJob").on_pod_conditions.emplace_back();
    wanted.type = "DisruptionTarget";
    wanted.status = "True";
    CHECK(verdict(j, pod_of(j, "p").condition("DisruptionTarget", "False")) == counts);
    CHECK(verdict(j, pod_of(j, "p").condition("DisruptionTarget", "True")).message ==
          "Pod default/p has condition DisruptionTarget matching FailJob rule at index 0");
}
