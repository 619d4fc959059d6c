#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/controller/failure_policy.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/failure_policy.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto has_exit_code(pod_failure_policy_on_exit_codes_requirement const& wanted, std::int32_t code)
    -> bool {
    auto const listed = std::find(wanted.values.begin(), wanted.values.end(), code) != wanted.values.end();
    return code != 0 && (wanted.operator_ == "In" ? listed : wanted.operator_ == "NotIn" && !listed);
}

/// The first container of a list that ended in such a way, or null.
inline auto find_ended(object::list<container_status> const& containers,
                       pod_failure_policy_on_exit_codes_requirement const& wanted)
    -> container_status const* {
    for (auto const& c : containers) {
        if (!c.state.terminated || (wanted.container_name && *wanted.container_name != c.name)) continue;
        if (has_exit_code(wanted, c.state.terminated->exit_code)) return &c;
    }
    return nullptr;
}

inline auto find_ended(pod const& p, pod_failure_policy_on_exit_codes_requirement const& wanted)
    -> container_status const* {
    auto const* const found = find_ended(p.status.container_statuses, wanted);
    return found != nullptr ? found : find_ended(p.status.init_container_statuses, wanted);
}

inline auto find_condition_of(pod const& p, pod_failure_policy_rule const& rule) -> pod_condition const* {
    for (auto const& c : p.status.conditions)
        for (auto const& wanted : rule.on_pod_conditions)
            if (c.type == wanted.type && c.status == wanted.status) return &c;
    return nullptr;
}

/// How a pod comes under a rule, as a sentence without its end; empty if it does not.
inline auto why_applies(pod const& p, pod_failure_policy_rule const& rule) -> std::string {
    auto const name = p.metadata.namespace_ + "/" + p.metadata.name;
    if (rule.on_exit_codes) {
        auto const* const c = find_ended(p, *rule.on_exit_codes);
        if (c == nullptr) return {};
        return "Container " + c->name + " for pod " + name + " failed with exit code " +
               std::to_string(c->state.terminated->exit_code);
    }
    auto const* const c = find_condition_of(p, rule);
    return c == nullptr ? std::string() : "Pod " + name + " has condition " + c->type;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto judge_failure(job_spec const& s, pod const& failed) -> failure_verdict {
    if (!s.pod_failure_policy) return {};
    auto const& rules = s.pod_failure_policy->rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        auto const why = detail::why_applies(failed, rules[i]);
        if (why.empty()) continue;
        auto const& action = rules[i].action;
        if (action == "Ignore") return {false, false, {}};
        if (action == "FailIndex") return {true, true, {}};
        if (action == "Count") return {};
        if (action == "FailJob")
            return {true, false, why + " matching FailJob rule at index " + std::to_string(i)};
    }
    return {};
}

} // namespace berth::kube
