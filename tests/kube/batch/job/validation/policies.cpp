/// \file
/// Policies of jobs for failures and successes: what is refused, where and in which words.

#include "../sound_job.hpp"

#include <berth/kube/batch/job/validation/policies.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto job_with(kube::pod_failure_policy_rule rule) -> kube::job {
    auto j = sound_job();
    j.spec.pod_replacement_policy.engage() = "Failed";
    j.spec.pod_failure_policy.engage().rules.push_back(std::move(rule));
    return j;
}
auto by_codes(std::string op, std::vector<std::int32_t> values) -> kube::pod_failure_policy_rule {
    auto rule = kube::pod_failure_policy_rule();
    rule.action = "FailJob";
    rule.on_exit_codes.engage().operator_ = std::move(op);
    rule.on_exit_codes->values = std::move(values);
    return rule;
}
auto by_condition(std::string type, std::string status) -> kube::pod_failure_policy_rule {
    auto rule = kube::pod_failure_policy_rule();
    rule.action = "Ignore";
    auto& pattern = rule.on_pod_conditions.emplace_back();
    pattern.type = std::move(type);
    pattern.status = std::move(status);
    return rule;
}
auto job_with(kube::success_policy_rule rule) -> kube::job {
    auto j = indexed_job(4);
    j.spec.success_policy.engage().rules.push_back(std::move(rule));
    return j;
}
auto succeeded(std::string indexes, std::optional<std::int32_t> count) -> kube::success_policy_rule {
    auto rule = kube::success_policy_rule();
    rule.succeeded_indexes.engage() = std::move(indexes);
    rule.succeeded_count = count;
    return rule;
}

constexpr auto codes = "spec.podFailurePolicy.rules[0].onExitCodes.";
constexpr auto rule = "spec.podFailurePolicy.rules[0]";
constexpr auto success = "spec.successPolicy.rules[0].";

} // namespace

TEST_CASE("rules by exit codes and by conditions are sound") {
    CHECK(complaints(job_with(by_codes("In", {1, 42}))).empty());
    CHECK(complaints(job_with(by_codes("NotIn", {0}))).empty());
    CHECK(complaints(job_with(by_condition("DisruptionTarget", "True"))).empty());
}

TEST_CASE("exit codes are in order, each once, and not zero for In") {
    CHECK(complaints(job_with(by_codes("In", {}))) ==
          lines{codes + std::string("values: Invalid value: null: at least one value is required")});
    CHECK(complaints(job_with(by_codes("In", {0, 7, 7, 3}))) ==
          lines{codes + std::string("values[0]: Invalid value: 0: must not be 0 for the In operator"),
                codes + std::string("values[2]: Duplicate value: 7"),
                codes + std::string("values: Invalid value: [0,7,7,3]: must be ordered")});
    auto many = std::vector<std::int32_t>(256);
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<std::int32_t>(i) + 1;
    CHECK(complaints(job_with(by_codes("In", many))) ==
          lines{codes + std::string("values: Too many: 256: must have at most 255 items")});
}

TEST_CASE("an operator is one of two, and a container is one of the template") {
    CHECK(complaints(job_with(by_codes("", {1}))) ==
          lines{codes + std::string(R"(operator: Required value: valid values: ["In" "NotIn"])")});
    CHECK(
        complaints(job_with(by_codes("Lt", {1}))) ==
        lines{codes + std::string(R"(operator: Unsupported value: "Lt": supported values: "In", "NotIn")")});
    auto named_rule = by_codes("In", {1});
    named_rule.on_exit_codes->container_name.engage() = "side";
    CHECK(complaints(job_with(named_rule)) ==
          lines{codes + std::string("containerName: Invalid value: \"side\": must be one of the container or "
                                    "initContainer names in the pod template")});
    *named_rule.on_exit_codes->container_name = "main";
    CHECK(complaints(job_with(named_rule)).empty());
}

TEST_CASE("a rule has an action") {
    auto r = by_codes("In", {1});
    r.action.clear();
    CHECK(complaints(job_with(r)) ==
          lines{rule +
                std::string(
                    R"(.action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"])")});
    r.action = "x.y";
    CHECK(complaints(job_with(r)) ==
          lines{rule +
                std::string(R"(.action: Unsupported value: "x.y": supported values: "Count", "FailIndex", )"
                            R"("FailJob", "Ignore")")});
    r.action = "FailIndex";
    CHECK(complaints(job_with(r)) ==
          lines{rule + std::string(".action: Invalid value: \"FailIndex\": requires the "
                                   "backoffLimitPerIndex to be set")});
}

TEST_CASE("a rule goes by exit codes or by conditions") {
    auto r = by_codes("In", {1});
    r.on_pod_conditions = by_condition("Ready", "False").on_pod_conditions;
    CHECK(complaints(job_with(r)) ==
          lines{rule + std::string(": Invalid value: specifying both OnExitCodes and OnPodConditions is not "
                                   "supported")});
    r.on_exit_codes.reset();
    r.on_pod_conditions.clear();
    CHECK(complaints(job_with(r)) ==
          lines{rule + std::string(": Invalid value: specifying one of OnExitCodes and OnPodConditions is "
                                   "required")});
}

TEST_CASE("a condition has a name and a status") {
    CHECK(
        complaints(job_with(by_condition("Ready", "x-"))) ==
        lines{rule + std::string(R"(.onPodConditions[0].status: Unsupported value: "x-": supported values: )"
                                 R"("False", "True", "Unknown")")});
    CHECK(complaints(job_with(by_condition("", "True"))).size() == 2);
}

TEST_CASE("there are twenty rules at most, and restarts are never with them") {
    auto j = job_with(by_codes("In", {1}));
    j.spec.pod_failure_policy->rules.assign(21, by_codes("In", {1}));
    CHECK(complaints(j) == lines{"spec.podFailurePolicy.rules: Too many: 21: must have at most 20 items"});
    j = job_with(by_codes("In", {1}));
    j.spec.template_.spec.restart_policy = "OnFailure";
    CHECK(complaints(j) ==
          lines{"spec.template.spec.restartPolicy: Invalid value: \"OnFailure\": only \"Never\" "
                "is supported when podFailurePolicy is specified"});
}

TEST_CASE("a policy for successes is one of indexes") {
    CHECK(complaints(job_with(succeeded("0-2", 1))).empty());
    auto j = sound_job();
    j.spec.success_policy.engage().rules.push_back(succeeded("0", 1));
    CHECK(complaints(j) == lines{"spec.successPolicy: Invalid value: "
                                 "{\"Rules\":[{\"SucceededIndexes\":\"0\",\"SucceededCount\":1}]}: requires "
                                 "indexed completion mode"});
    j = indexed_job();
    j.spec.success_policy.engage();
    CHECK(complaints(j) ==
          lines{"spec.successPolicy.rules: Required value: at least one rules must be specified "
                "when the successPolicy is specified"});
    CHECK(complaints(job_with(kube::success_policy_rule())) ==
          lines{"spec.successPolicy.rules[0]: Required value: at least one of succeededCount or "
                "succeededIndexes must be specified"});
}

TEST_CASE("successes are of indexes that there are, and no more are wanted than are named") {
    CHECK(
        complaints(job_with(succeeded("4", std::nullopt))) ==
        lines{success + std::string("succeededIndexes: Invalid value: \"4\": error parsing succeededIndexes: "
                                    "too large index: \"4\"")});
    CHECK(
        complaints(job_with(succeeded("0-2", 5))) ==
        lines{success + std::string("succeededCount: Invalid value: 5: must be less than or equal to 4 (the "
                                    "number of specified completions)"),
              success + std::string("succeededCount: Invalid value: 5: must be less than or equal to 3 (the "
                                    "number of indexes in the specified succeededIndexes field)")});
    CHECK(complaints(job_with(succeeded("0", -1))) ==
          lines{success +
                std::string("succeededCount: Invalid value: -1: must be greater than or equal to 0")});
}
