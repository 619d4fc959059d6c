#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/validation/policies.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/validation/policies.hpp>

#include <range/v3/view/concat.hpp>

#include <algorithm>
#include <set>

namespace berth::kube::detail {

inline auto validate_exit_code_list(pod_failure_policy_on_exit_codes_requirement const& r,
                                    field_path const& at, field_errors& errors) -> void {
    auto const& values = r.values;
    if (values.empty()) errors.invalid(at, shown_value::null(), "at least one value is required");
    check_most(object::field_of(&pod_failure_policy_on_exit_codes_requirement::values), values.size(), at,
               errors);
    auto seen = std::set<std::int32_t>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (r.operator_ == "In" && values[i] == 0)
            errors.invalid(at.index(i), values[i], "must not be 0 for the In operator");
        if (!seen.insert(values[i]).second) errors.duplicate(at.index(i), values[i]);
    }
    if (!std::is_sorted(values.begin(), values.end()))
        errors.invalid(at, shown_internal(values), "must be ordered");
}

/// What a missing text was to be.
inline auto valid_values(object::field_info const& f) -> std::string {
    return "valid values: " + api::shown_allowed(f);
}

using name_set = std::set<std::string_view>;

/// The names of containers that rules may speak of.
inline auto container_name_set(pod_spec const& pods) -> name_set {
    auto out = name_set();
    for (auto const& c : ranges::views::concat(pods.containers, pods.init_containers)) out.insert(c.name);
    return out;
}

inline auto validate_exit_codes(pod_failure_policy_on_exit_codes_requirement const& r,
                                name_set const& containers, field_path const& at, field_errors& errors)
    -> void {
    require_allowed(r, &pod_failure_policy_on_exit_codes_requirement::operator_, at, errors,
                    valid_values(object::field_of(&pod_failure_policy_on_exit_codes_requirement::operator_)));
    if (r.container_name && !containers.contains(*r.container_name))
        errors.invalid(at.child("containerName"), *r.container_name,
                       "must be one of the container or initContainer names in the pod template");
    validate_exit_code_list(r, at.child("values"), errors);
}

inline auto
validate_condition_patterns(object::list<pod_failure_policy_on_pod_conditions_pattern> const& patterns,
                            field_path const& at, field_errors& errors) -> void {
    auto const& status = object::field_of(&pod_failure_policy_on_pod_conditions_pattern::status);
    check_most(object::field_of(&pod_failure_policy_rule::on_pod_conditions), patterns.size(), at, errors);
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        auto const one = at.index(i);
        validate_label_name(patterns[i].type, one.child("type"), errors);
        require_allowed(patterns[i], &pod_failure_policy_on_pod_conditions_pattern::status, one, errors,
                        valid_values(status));
    }
}

inline auto validate_failure_rule(pod_failure_policy_rule const& rule, job_spec const& s,
                                  name_set const& containers, field_path const& at, field_errors& errors)
    -> void {
    auto const& action = object::field_of(&pod_failure_policy_rule::action);
    auto const by_codes = static_cast<bool>(rule.on_exit_codes);
    auto const by_conditions = !rule.on_pod_conditions.empty();
    if (rule.action == "FailIndex" && !s.backoff_limit_per_index)
        errors.invalid(at.child(action.name), rule.action, "requires the backoffLimitPerIndex to be set");
    else require_allowed(rule, &pod_failure_policy_rule::action, at, errors, valid_values(action));
    if (by_codes) validate_exit_codes(*rule.on_exit_codes, containers, at.child("onExitCodes"), errors);
    validate_condition_patterns(rule.on_pod_conditions, at.child("onPodConditions"), errors);
    if (by_codes && by_conditions)
        errors.invalid(at, "specifying both OnExitCodes and OnPodConditions is not supported");
    if (!by_codes && !by_conditions)
        errors.invalid(at, "specifying one of OnExitCodes and OnPodConditions is required");
}

BERTH_DECL auto validate_failure_policy(job_spec const& s, field_path const& at, field_errors& errors)
    -> void {
    if (!s.pod_failure_policy) return;
    auto const containers = container_name_set(s.template_.spec);
    auto const rules = at.child("rules");
    check_most(object::field_of(&pod_failure_policy::rules), s.pod_failure_policy->rules.size(), rules,
               errors);
    for (std::size_t i = 0; i < s.pod_failure_policy->rules.size(); ++i)
        validate_failure_rule(s.pod_failure_policy->rules[i], s, containers, rules.index(i), errors);
}

/// `total`: how many indexes the rule names.
inline auto validate_succeeded_count(success_policy_rule const& rule, std::int32_t completions,
                                     std::int64_t total, field_path const& at, field_errors& errors) -> void {
    auto const count = *rule.succeeded_count;
    auto const at_most = [&](std::int64_t limit, std::string_view of_what) {
        if (count > limit)
            errors.invalid(at, count,
                           "must be less than or equal to " + std::to_string(limit) + " (the number of " +
                               std::string(of_what) + ")");
    };
    check_bounds(object::field_of(&success_policy_rule::succeeded_count), count, at, errors);
    at_most(completions, "specified completions");
    if (rule.succeeded_indexes) at_most(total, "indexes in the specified succeededIndexes field");
}

inline auto validate_success_rule(success_policy_rule const& rule, std::int32_t completions,
                                  field_path const& at, field_errors& errors) -> void {
    if (!rule.succeeded_count && !rule.succeeded_indexes)
        errors.required(at, "at least one of succeededCount or succeededIndexes must be specified");
    auto total = std::int64_t{0};
    if (rule.succeeded_indexes) {
        auto const indexes = at.child("succeededIndexes");
        auto const& text = *rule.succeeded_indexes;
        check_longest(object::field_of(&success_policy_rule::succeeded_indexes), text, indexes, errors);
        auto const counted = count_indexes(text, completions);
        if (counted) total = *counted;
        else errors.invalid(indexes, text, "error parsing succeededIndexes: " + counted.error().message);
    }
    if (rule.succeeded_count)
        validate_succeeded_count(rule, completions, total, at.child("succeededCount"), errors);
}

BERTH_DECL auto validate_success_policy(job_spec const& s, field_path const& at, field_errors& errors)
    -> void {
    if (!s.success_policy) return;
    if (!is_indexed(s))
        return errors.invalid(at, shown_internal(*s.success_policy), "requires indexed completion mode");
    auto const rules = at.child("rules");
    auto const& list = s.success_policy->rules;
    if (list.empty())
        errors.required(rules, "at least one rules must be specified when the successPolicy is specified");
    check_most(object::field_of(&success_policy::rules), list.size(), rules, errors);
    for (std::size_t i = 0; i < list.size(); ++i)
        validate_success_rule(list[i], s.completions.value_or(0), rules.index(i), errors);
}

} // namespace berth::kube::detail
