#pragma once

/// \file
/// CronJobs: jobs that begin again and again (batch/v1 of Kubernetes 1.36).

#include <berth/kube/batch/job/type.hpp>
#include <berth/kube/core/reference.hpp>

namespace berth::kube {

/// What the jobs are to be.
struct job_template_spec {
    object::meta metadata;
    job_spec spec;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(job_template_spec, "io.k8s.api.batch.v1.JobTemplateSpec",
                   (metadata, .always = true, .number = 1), (spec, .always = true, .number = 2))
};

/// When jobs begin, which, and how many are kept that have ended.
struct cron_job_spec {
    std::string schedule;                 ///< see `object::cron`
    object::boxed<std::string> time_zone; ///< absent: that of the controller
    std::optional<std::int64_t> starting_deadline_seconds;
    std::string concurrency_policy;
    std::optional<bool> suspend;
    job_template_spec job_template;
    std::optional<std::int32_t> successful_jobs_history_limit;
    std::optional<std::int32_t> failed_jobs_history_limit;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(cron_job_spec, "io.k8s.api.batch.v1.CronJobSpec",
                   (schedule, .required = true, .always = true, .number = 1), (time_zone, .number = 8),
                   (starting_deadline_seconds, .minimum = 0, .number = 2),
                   (concurrency_policy, .values = "Allow,Forbid,Replace", .fallback = "\"Allow\"",
                    .number = 3),
                   (suspend, .fallback = "false", .number = 4),
                   (job_template, .required = true, .always = true, .number = 5),
                   (successful_jobs_history_limit, .fallback = "3", .minimum = 0, .number = 6),
                   (failed_jobs_history_limit, .fallback = "1", .minimum = 0, .number = 7))
};

/// Which jobs run, and when the last began and succeeded.
struct cron_job_status {
    object::list<object_reference> active;
    std::optional<object::timestamp> last_schedule_time;
    std::optional<object::timestamp> last_successful_time;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(cron_job_status, "io.k8s.api.batch.v1.CronJobStatus",
                   (active, .topology = object::merge_topology::atomic, .number = 1),
                   (last_schedule_time, .number = 4), (last_successful_time, .number = 5))
};

/// Jobs that begin again and again.
struct cron_job {
    static constexpr object::resource_name resource{"batch", "v1", "CronJob", "cronjobs", "cronjob", true};

    object::meta metadata;
    cron_job_spec spec;
    cron_job_status status;
    object::unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(cron_job, "io.k8s.api.batch.v1.CronJob", (metadata, .always = true, .number = 1),
                   (spec, .always = true, .number = 2), (status, .always = true, .number = 3))
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/cron_job/type.ipp>
#endif
