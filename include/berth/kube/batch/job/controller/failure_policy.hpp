#pragma once

/// \file
/// What the rules for failures make of a pod that failed (kubernetes 1.36,
/// `pkg/controller/job/pod_failure_policy.go`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/type.hpp>
#include <berth/kube/core/pod/type.hpp>

#include <string>

namespace berth::kube {

/// What a failure means.
struct failure_verdict {
    bool counts = true;       ///< towards the limits of failures
    bool fails_index = false; ///< whatever its limit
    std::string message;      ///< why the whole job fails; empty if it does not

    friend auto operator==(failure_verdict const&, failure_verdict const&) -> bool = default;
};

/// The verdict of the first rule that applies; without any, a failure counts.
[[nodiscard]] BERTH_DECL auto judge_failure(job_spec const& s, pod const& failed) -> failure_verdict;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/controller/failure_policy.ipp>
#endif
