/// \file
/// Resource quotas: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/resource_quota/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto quota_of(std::string resource, std::string amount = "1") -> kube::resource_quota {
    auto q = named<kube::resource_quota>();
    q.spec.hard[resource] = quantity(amount);
    return q;
}

auto scoped(std::string scope, std::string op, std::vector<std::string> values, std::string resource = "pods")
    -> lines {
    auto q = quota_of(std::move(resource));
    auto& r = q.spec.scope_selector.engage().match_expressions.emplace_back();
    r.scope_name = std::move(scope);
    r.operator_ = std::move(op);
    r.values = std::move(values);
    return complaints(q);
}

constexpr auto expressions = "spec.scopeSelector.matchExpressions";

} // namespace

TEST_CASE("a quota limits what there is, in whole pieces and not below nothing") {
    CHECK(complaints(quota_of("count/widgets.example.com", "5")).empty());
    CHECK(complaints(quota_of("requests.example.com/gpu")).empty());
    CHECK(complaints(quota_of("pods", "-1")) ==
          lines{"spec.hard[pods]: Invalid value: \"-1\": must be greater than or equal to 0"});
    CHECK(complaints(quota_of("pods", "1500m")) ==
          lines{"spec.hard[pods]: Invalid value: \"1500m\": must be an integer"});
    CHECK(
        complaints(quota_of("nope")) ==
        lines{"spec.hard[nope]: Invalid value: \"nope\": must be a standard resource type or fully qualified",
              "spec.hard[nope]: Invalid value: \"nope\": must be a standard resource for quota"});
}

TEST_CASE("the scopes of a quota are known, can use what it limits, and stay") {
    auto q = quota_of("pods");
    q.spec.scopes = {"Sometimes"};
    CHECK(complaints(q) == lines{"spec.scopes: Invalid value: [\"Sometimes\"]: unsupported scope"});
    q.spec.scopes = {"BestEffort", "NotBestEffort"};
    CHECK(complaints(q) ==
          lines{"spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: conflicting scopes"});
    auto cpu = quota_of("cpu");
    cpu.spec.scopes = {"BestEffort"};
    CHECK(complaints(cpu) ==
          lines{"spec.scopes: Invalid value: [\"BestEffort\"]: unsupported scope applied to resource"});
    auto const before = quota_of("pods");
    auto now = before;
    now.spec.scopes = {"NotBestEffort"};
    CHECK(complaints(now, before) ==
          lines{"spec.scopes: Invalid value: [\"NotBestEffort\"]: field is immutable"});
}

TEST_CASE("the selector of a quota's scopes says how they are meant") {
    CHECK(scoped("PriorityClass", "In", {"high"}).empty());
    CHECK(scoped("PriorityClass", "In", {}) ==
          lines{std::string(expressions) +
                ".values: Required value: must be at least one value when `operator` is "
                "'In' or 'NotIn' for scope selector"});
    CHECK(scoped("PriorityClass", "Exists", {"high"}) ==
          lines{std::string(expressions) +
                ".values: Invalid value: [\"high\"]: must be no value when `operator` "
                "is 'Exists' or 'DoesNotExist' for scope selector"});
    CHECK(scoped("PriorityClass", "x", {}) ==
          lines{std::string(expressions) + ".operator: Invalid value: \"x\": not a valid selector operator"});
    CHECK(scoped("Terminating", "In", {"a"}).size() == 1);
    CHECK(scoped("VolumeAttributesClass", "Exists", {}, "cpu").size() == 1);
}

TEST_CASE("the status of a quota is of amounts as well") {
    auto q = quota_of("pods");
    q.status.used["pods"] = quantity("-1");
    CHECK(status_complaints(q, q) ==
          lines{"status.used[pods]: Invalid value: \"-1\": must be greater than or equal to 0"});
}
