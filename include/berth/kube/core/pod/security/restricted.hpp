#pragma once

/// \file
/// What pods of the level `restricted` do and do not besides (pod-security-admission of Kubernetes 1.36,
/// `policy/check_*.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/security/wording.hpp>

namespace berth::kube::detail {

/// `minor`: the version of Kubernetes whose checks these are. Linear in the pod.
BERTH_DECL auto find_restricted_violations(pod_spec const& s, std::int32_t minor, violations& out) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/security/restricted.ipp>
#endif
