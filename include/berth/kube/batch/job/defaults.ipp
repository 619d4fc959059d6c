#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/defaults.hpp>

namespace berth::kube {

BERTH_DECL auto set_defaults(job& j) -> void {
    auto& s = j.spec;
    object::apply_defaults(s);
    complete(s.template_.spec);
    if (!s.completions && !s.parallelism) s.completions = 1;
    if (!s.parallelism) s.parallelism = 1;
    if (!s.backoff_limit)
        s.backoff_limit = s.backoff_limit_per_index ? std::numeric_limits<std::int32_t>::max() : 6;
    if (!s.pod_replacement_policy)
        s.pod_replacement_policy = std::string(s.pod_failure_policy ? "Failed" : "TerminatingOrFailed");
}

} // namespace berth::kube
