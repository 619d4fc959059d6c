#pragma once

/// \file
/// Whether a pod is as careful as its namespace demands (pod-security-admission of Kubernetes 1.36,
/// `policy/registry.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/security/policy.hpp>
#include <berth/kube/core/pod/security/wording.hpp>

namespace berth::kube {

/// What is wrong with a pod, in the order of Kubernetes: what `baseline` forbids, then what `restricted`
/// does. Linear in the pod.
[[nodiscard]] BERTH_DECL auto security_violations(object::string_map const& annotations, pod_spec const& s,
                                                  security_demand const& demand)
    -> std::vector<security_violation>;

/// `reason (detail), reason (detail)`.
[[nodiscard]] BERTH_DECL auto shown_violations(std::vector<security_violation> const& all) -> std::string;

/// `reason, reason`.
[[nodiscard]] BERTH_DECL auto shown_reasons(std::vector<security_violation> const& all) -> std::string;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/security/violations.ipp>
#endif
