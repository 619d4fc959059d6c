#pragma once

/// \file
/// What a job is when its manifest does not say (Kubernetes 1.36, `pkg/apis/batch/v1/defaults.go`).

#include <berth/kube/batch/job/type.hpp>
#include <berth/kube/core/pod/defaults.hpp>

#include <limits>

namespace berth::kube {

/// Fills in a job: one pod that is to succeed once, with six retries.
inline auto set_defaults(job& j) -> void {
    auto& s = j.spec;
    object::apply_defaults(s);
    complete(s.template_.spec);
    if (!s.completions && !s.parallelism) s.completions = 1;
    if (!s.parallelism) s.parallelism = 1;
    if (!s.backoff_limit)
        s.backoff_limit = s.backoff_limit_per_index ? std::numeric_limits<std::int32_t>::max() : 6;
    if (j.metadata.labels.empty()) j.metadata.labels = s.template_.metadata.labels;
    if (!s.pod_replacement_policy)
        s.pod_replacement_policy = std::string(s.pod_failure_policy ? "Failed" : "TerminatingOrFailed");
}

} // namespace berth::kube
