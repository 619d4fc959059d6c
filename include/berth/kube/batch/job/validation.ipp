#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/validation.hpp>
#include <berth/kube/meta/validation/paths.hpp>

namespace berth::kube::detail {

inline constexpr std::int32_t most_indexes = 100'000;

inline constexpr std::int32_t most_of_many_indexes = 10'000;

/// What a job with more than 100,000 indexes that counts failures of each may not ask for.
inline auto validate_many_indexes(job_spec const& s, field_path const& at, field_errors& errors) -> void {
    auto const above = std::to_string(most_indexes);
    auto const check = [&](std::optional<std::int32_t> n, std::string_view name) {
        if (n.value_or(0) > most_of_many_indexes)
            errors.invalid(at.child(name), *n,
                           "must be less than or equal to " + std::to_string(most_of_many_indexes) +
                               " when completions are above " + above +
                               " and used with backoff limit per index");
    };
    if (!s.max_failed_indexes)
        errors.required(at.child("maxFailedIndexes"), "must be specified when completions is above " + above);
    check(s.parallelism, "parallelism");
    check(s.max_failed_indexes, "maxFailedIndexes");
}

inline auto validate_indexed(job_spec const& s, field_path const& at, field_errors& errors) -> void {
    auto const failed = at.child("maxFailedIndexes");
    auto const limit = "must be less than or equal to " + std::to_string(most_indexes);
    if (!s.completions) errors.required(at.child("completions"), "when completion mode is Indexed");
    if (s.parallelism.value_or(0) > most_indexes)
        errors.invalid(at.child("parallelism"), *s.parallelism, limit + " when completion mode is Indexed");
    if (s.completions && s.max_failed_indexes && *s.max_failed_indexes > *s.completions)
        errors.invalid(failed, *s.max_failed_indexes, "must be less than or equal to completions");
    if (s.max_failed_indexes.value_or(0) > most_indexes) errors.invalid(failed, *s.max_failed_indexes, limit);
    if (s.completions.value_or(0) > most_indexes && s.backoff_limit_per_index)
        validate_many_indexes(s, at, errors);
}

inline auto validate_completion_mode(job_spec const& s, field_path const& at, field_errors& errors) -> void {
    constexpr auto needs_indexes = "requires indexed completion mode";
    if (is_indexed(s)) return validate_indexed(s, at, errors);
    if (!check_allowed(s, &job_spec::completion_mode, at, errors)) return;
    if (s.backoff_limit_per_index)
        errors.invalid(at.child("backoffLimitPerIndex"), *s.backoff_limit_per_index, needs_indexes);
    if (s.max_failed_indexes)
        errors.invalid(at.child("maxFailedIndexes"), *s.max_failed_indexes, needs_indexes);
}

inline auto validate_replacement(job_spec const& s, field_path const& at, field_errors& errors) -> void {
    if (!s.pod_replacement_policy || *s.pod_replacement_policy == "Failed") return;
    if (s.pod_failure_policy) errors.not_supported(at, *s.pod_replacement_policy, {"Failed"});
    else
        check_allowed(object::field_of(&job_spec::pod_replacement_policy), *s.pod_replacement_policy, at,
                      errors);
}

/// The pods of a job end: they are not restarted for ever.
inline auto validate_job_template(job_spec const& s, field_path const& at, field_errors& errors) -> void {
    auto const pods = at.child("spec");
    auto const restarts = pods.child("restartPolicy");
    auto const& policy = s.template_.spec.restart_policy;
    validate_template(s.template_, at, errors);
    if (policy.empty() || policy == "Always")
        errors.required(restarts, R"(valid values: "OnFailure", "Never")");
    else if (policy != "OnFailure" && policy != "Never")
        errors.not_supported(restarts, policy, {"OnFailure", "Never"});
    else if (s.pod_failure_policy && policy != "Never")
        errors.invalid(restarts, policy, R"(only "Never" is supported when podFailurePolicy is specified)");
}

/// Numbers of a job: none is negative.
inline auto validate_job_numbers(job_spec const& s, field_path const& at, field_errors& errors) -> void {
    check_bounds(s, &job_spec::parallelism, at, errors);
    check_bounds(s, &job_spec::completions, at, errors);
    check_bounds(s, &job_spec::active_deadline_seconds, at, errors);
    check_bounds(s, &job_spec::backoff_limit, at, errors);
    check_bounds(s, &job_spec::ttl_seconds_after_finished, at, errors);
    check_bounds(s, &job_spec::backoff_limit_per_index, at, errors);
    check_bounds(s, &job_spec::max_failed_indexes, at, errors);
}

BERTH_DECL auto validate_job_body(job_spec const& s, field_path const& at, field_errors& errors) -> void {
    validate_job_numbers(s, at, errors);
    if (s.max_failed_indexes && !s.backoff_limit_per_index)
        errors.required(at.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
    if (s.managed_by) {
        auto const managed_by = at.child("managedBy");
        validate_domain_prefixed_path(*s.managed_by, managed_by, errors);
        check_longest(object::field_of(&job_spec::managed_by), *s.managed_by, managed_by, errors);
    }
    validate_completion_mode(s, at, errors);
    validate_failure_policy(s, at.child("podFailurePolicy"), errors);
    validate_success_policy(s, at.child("successPolicy"), errors);
    validate_replacement(s, at.child("podReplacementPolicy"), errors);
    validate_job_template(s, at.child("template"), errors);
}

BERTH_DECL auto validate_job_spec(job_spec const& s, field_errors& errors) -> void {
    auto const& at = spec_path;
    validate_job_body(s, at, errors);
    if (!s.selector) errors.required(at.child("selector"));
    else validate_label_selector(*s.selector, at.child("selector"), errors);
    auto const selector = object::to_selector(s.selector);
    auto const pods = at.child("template");
    auto const metadata = pods.child("metadata");
    if (selector && !selector->matches(s.template_.metadata.labels))
        errors.invalid(metadata.child("labels"), shown_internal(s.template_.metadata.labels),
                       "`selector` does not match template `labels`");
}

/// The selector that the server made, and the labels that it added, are as they were made.
inline auto validate_generated_selector(job const& j, field_errors& errors) -> void {
    if (j.spec.manual_selector.value_or(false) || !j.spec.selector) return;
    auto const metadata = field_path("metadata");
    if (j.metadata.uid.empty()) errors.required(metadata.child("uid"));
    auto const pods = spec_path.child("template");
    auto const template_metadata = pods.child("metadata");
    auto const labels = template_metadata.child("labels");
    auto expected = object::string_map();
    auto const check = [&](std::string_view label, std::string const& value) {
        auto const* const there = j.spec.template_.metadata.labels.find(label);
        if (there == nullptr) errors.required(labels.key(label), "must be '" + value + "'");
        else if (*there != value) errors.invalid(labels.key(label), *there, "must be '" + value + "'");
        expected[std::string(label)] = value;
    };
    for (auto const label : job_uid_labels) check(label, j.metadata.uid);
    for (auto const label : job_name_labels) check(label, j.metadata.name);
    auto const selector = object::to_selector(j.spec.selector);
    if (selector && !selector->matches(expected))
        errors.invalid(spec_path.child("selector"), shown_value::json(*j.spec.selector),
                       "`selector` not auto-generated");
}

/// The host names of indexed pods, `NAME-INDEX`, are labels of names.
inline auto validate_host_names(job const& j, field_errors& errors) -> void {
    if (!is_indexed(j.spec) || j.spec.completions.value_or(0) <= 0) return;
    auto const last = j.metadata.name + "-" + std::to_string(*j.spec.completions - 1);
    auto const metadata = field_path("metadata");
    if (!object::is_dns1123_label(last))
        errors.invalid(metadata.child("name"), j.metadata.name,
                       "will not able to create pod with invalid DNS label: " + last);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(job const& j, api::field_errors& errors) -> void {
    detail::validate_generated_selector(j, errors);
    detail::validate_job_spec(j.spec, errors);
    detail::validate_host_names(j, errors);
}

} // namespace berth::kube
