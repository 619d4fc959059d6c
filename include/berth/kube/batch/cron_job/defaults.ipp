#pragma once

/// \file
/// The bodies of `berth/kube/batch/cron_job/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(cron_job& c) -> void {
    auto& s = c.spec;
    object::apply_default(s, &cron_job_spec::concurrency_policy);
    object::apply_default(s, &cron_job_spec::suspend);
    object::apply_default(s, &cron_job_spec::successful_jobs_history_limit);
    object::apply_default(s, &cron_job_spec::failed_jobs_history_limit);
    auto& made = s.job_template.spec;
    object::apply_defaults(made.template_);
    complete(made.template_.spec);
    if (made.pod_failure_policy) object::apply_defaults(*made.pod_failure_policy);
}

} // namespace berth::kube
