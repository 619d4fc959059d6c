#pragma once

/// \file
/// Refuses pods that are not as careful as their namespace demands, and warns of them (pod-security-
/// admission of Kubernetes 1.36, `admission/admission.go`).

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/security/policy.hpp>

namespace berth::kube {

/// Pods that break what is enforced are refused; whoever writes pods, or templates for them, that break what
/// is warned of is told. A namespace whose labels are wrong is refused, and one that begins to enforce more
/// is told which of its pods break that (looks at all pods, and checks no more than 3,000). What is noted
/// goes to no log yet.
[[nodiscard]] BERTH_DECL auto pod_security() -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/security/admission.ipp>
#endif
