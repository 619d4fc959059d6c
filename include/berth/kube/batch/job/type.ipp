#pragma once

/// \file
/// The tables of `berth/kube/batch/job/type.hpp`.

#include <berth/kube/batch/job/type.hpp>

namespace berth::kube {

BERTH_TABLE(pod_failure_policy_on_exit_codes_requirement);
BERTH_TABLE(pod_failure_policy_on_pod_conditions_pattern);
BERTH_TABLE(pod_failure_policy_rule);
BERTH_TABLE(pod_failure_policy);
BERTH_TABLE(success_policy_rule);
BERTH_TABLE(success_policy);
BERTH_TABLE(job_spec);
BERTH_TABLE(job_condition);
BERTH_TABLE(uncounted_terminated_pods);
BERTH_TABLE(job_status);
BERTH_TABLE(job);

} // namespace berth::kube
