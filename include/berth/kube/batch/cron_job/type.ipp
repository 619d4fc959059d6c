#pragma once

/// \file
/// The tables of `berth/kube/batch/cron_job/type.hpp`.

#include <berth/kube/batch/cron_job/type.hpp>

namespace berth::kube {

BERTH_TABLE(job_template_spec);
BERTH_TABLE(cron_job_spec);
BERTH_TABLE(cron_job_status);
BERTH_TABLE(cron_job);

} // namespace berth::kube
