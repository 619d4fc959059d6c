#pragma once

/// \file
/// The bodies of `berth/kube/batch/cron_job/warnings.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/cron_job/warnings.hpp>

namespace berth::kube {

BERTH_DECL auto warnings_of(cron_job const& c, cron_job const* before) -> warning_list {
    auto out = warning_list();
    auto const spec = api::field_path("spec");
    auto const jobs = spec.child("jobTemplate");
    if (before == nullptr) detail::warn_of_job_name(c.metadata.name, out);
    if (before == nullptr || c.metadata.generation != before->metadata.generation)
        detail::warn_of_job_spec(c.spec.job_template.spec,
                                 before == nullptr ? nullptr : &before->spec.job_template.spec,
                                 jobs.child("spec"), out);
    if (c.spec.schedule.find("TZ") != std::string::npos)
        out.emplace_back("cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see "
                         "https://kep.k8s.io/3140 for more details");
    return out;
}

} // namespace berth::kube
