#pragma once

/// \file
/// Jobs: pods that run until enough of them have succeeded (batch/v1 of Kubernetes 1.36).

#include <berth/kube/core/pod/spec.hpp>

namespace berth::kube {

/// Exit codes of containers to which a rule applies.
struct pod_failure_policy_on_exit_codes_requirement {
    object::boxed<std::string> container_name; ///< absent: all containers
    std::string operator_;
    std::vector<std::int32_t> values; ///< in order, without 0 for `In`
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_failure_policy_on_exit_codes_requirement,
                   "io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement",
                   (container_name, .number = 1),
                   (operator_, .required = true, .always = true, .values = "In,NotIn", .number = 2),
                   (values, .required = true, .always = true, .topology = object::merge_topology::set,
                    .max_size = 255, .number = 3))
};

/// A condition of pods to which a rule applies.
struct pod_failure_policy_on_pod_conditions_pattern {
    std::string type;
    std::string status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_failure_policy_on_pod_conditions_pattern,
                   "io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .always = true, .quiet = true, .values = "False,True,Unknown",
                    .fallback = "\"True\"", .number = 2))
};

/// What a failure means that has one of these exit codes or conditions.
struct pod_failure_policy_rule {
    std::string action;
    object::boxed<pod_failure_policy_on_exit_codes_requirement> on_exit_codes;
    object::list<pod_failure_policy_on_pod_conditions_pattern> on_pod_conditions;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_failure_policy_rule, "io.k8s.api.batch.v1.PodFailurePolicyRule",
                   (action, .required = true, .always = true, .values = "Count,FailIndex,FailJob,Ignore",
                    .number = 1),
                   (on_exit_codes, .number = 2),
                   (on_pod_conditions, .topology = object::merge_topology::atomic, .max_size = 20,
                    .number = 3))
};

/// Rules for failures of pods; the first that applies decides.
struct pod_failure_policy {
    object::list<pod_failure_policy_rule> rules;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(pod_failure_policy, "io.k8s.api.batch.v1.PodFailurePolicy",
                   (rules, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .max_size = 20, .number = 1))
};

/// Indexes whose success makes the job's, and how many of them are enough.
struct success_policy_rule {
    object::boxed<std::string> succeeded_indexes; ///< e.g. `1,3-5`
    std::optional<std::int32_t> succeeded_count;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(success_policy_rule, "io.k8s.api.batch.v1.SuccessPolicyRule",
                   (succeeded_indexes, .max_size = 65536, .number = 1),
                   (succeeded_count, .minimum = 0, .number = 2))
};

/// When a job has succeeded before all of its indexes have; the first rule that applies decides.
struct success_policy {
    object::list<success_policy_rule> rules;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(success_policy, "io.k8s.api.batch.v1.SuccessPolicy",
                   (rules, .required = true, .always = true, .topology = object::merge_topology::atomic,
                    .max_size = 20, .number = 1))
};

/// What is to be run, how often, and when it counts as done.
struct job_spec {
    std::optional<std::int32_t> parallelism;
    std::optional<std::int32_t> completions;
    std::optional<std::int64_t> active_deadline_seconds;
    object::boxed<kube::pod_failure_policy> pod_failure_policy;
    object::boxed<kube::success_policy> success_policy;
    std::optional<std::int32_t> backoff_limit;
    std::optional<std::int32_t> backoff_limit_per_index;
    std::optional<std::int32_t> max_failed_indexes;
    object::boxed<object::label_selector> selector;
    std::optional<bool> manual_selector;
    pod_template_spec template_;
    std::optional<std::int32_t> ttl_seconds_after_finished;
    object::boxed<std::string> completion_mode;
    std::optional<bool> suspend;
    object::boxed<std::string> pod_replacement_policy;
    object::boxed<std::string> managed_by;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(job_spec, "io.k8s.api.batch.v1.JobSpec", (parallelism, .minimum = 0, .number = 1),
                   (completions, .minimum = 0, .number = 2),
                   (active_deadline_seconds, .minimum = 0, .number = 3),
                   (pod_failure_policy, .immutable = true, .number = 11),
                   (success_policy, .immutable = true, .number = 16),
                   (backoff_limit, .minimum = 0, .number = 7),
                   (backoff_limit_per_index, .immutable = true, .minimum = 0, .number = 12),
                   (max_failed_indexes, .minimum = 0, .number = 13),
                   (selector, .immutable = true, .number = 4),
                   (manual_selector, .fallback = "false", .number = 5),
                   (template_, .required = true, .always = true, .number = 6),
                   (ttl_seconds_after_finished, .minimum = 0, .number = 8),
                   (completion_mode, .immutable = true, .values = "NonIndexed,Indexed",
                    .fallback = "\"NonIndexed\"", .number = 9),
                   (suspend, .fallback = "false", .number = 10),
                   (pod_replacement_policy, .values = "Failed,TerminatingOrFailed", .number = 14),
                   (managed_by, .immutable = true, .max_size = 63, .number = 15))
};

/// A named observation of a job.
struct job_condition {
    std::string type;
    std::string status;
    object::timestamp last_probe_time;
    object::timestamp last_transition_time;
    std::string reason;
    std::string message;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(job_condition, "io.k8s.api.batch.v1.JobCondition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .number = 2),
                   (last_probe_time, .always = true, .number = 3),
                   (last_transition_time, .always = true, .number = 4), (reason, .number = 5),
                   (message, .number = 6))
};

/// The uids of pods that have ended and are not counted yet.
struct uncounted_terminated_pods {
    std::vector<std::string> succeeded;
    std::vector<std::string> failed;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(uncounted_terminated_pods, "io.k8s.api.batch.v1.UncountedTerminatedPods",
                   (succeeded, .topology = object::merge_topology::set, .number = 1),
                   (failed, .topology = object::merge_topology::set, .number = 2))
};

/// How far a job has come.
struct job_status {
    object::list<job_condition> conditions;
    std::optional<object::timestamp> start_time;
    std::optional<object::timestamp> completion_time;
    std::int32_t active = 0;
    std::int32_t succeeded = 0;
    std::int32_t failed = 0;
    std::optional<std::int32_t> terminating;
    std::string completed_indexes; ///< e.g. `1,3-5`
    object::boxed<std::string> failed_indexes;
    object::boxed<kube::uncounted_terminated_pods> uncounted_terminated_pods;
    std::optional<std::int32_t> ready;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(job_status, "io.k8s.api.batch.v1.JobStatus",
                   (conditions, .merge_key = "type", .patch = object::patch_strategy::merge,
                    .topology = object::merge_topology::atomic, .number = 1),
                   (start_time, .number = 2), (completion_time, .number = 3),
                   (active, .minimum = 0, .number = 4), (succeeded, .minimum = 0, .number = 5),
                   (failed, .minimum = 0, .number = 6), (terminating, .minimum = 0, .number = 11),
                   (completed_indexes, .number = 7), (failed_indexes, .number = 10),
                   (uncounted_terminated_pods, .number = 8), (ready, .minimum = 0, .number = 9))
};

/// Pods that run until enough of them have succeeded.
struct job {
    static constexpr object::resource_name resource{"batch", "v1", "Job", "jobs", "job", true};

    object::meta metadata;
    job_spec spec;
    job_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(job, "io.k8s.api.batch.v1.Job", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/type.ipp>
#endif
