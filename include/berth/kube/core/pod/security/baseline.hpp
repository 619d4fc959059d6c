#pragma once

/// \file
/// What no pod of the level `baseline` does (pod-security-admission of Kubernetes 1.36,
/// `policy/check_*.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/security/wording.hpp>
#include <berth/object/meta.hpp>

namespace berth::kube::detail {

/// Which checks the level `restricted` has of its own: they take the place of these.
enum class baseline_part : std::uint8_t { all, without_stricter };

/// `minor`: the version of Kubernetes whose checks these are. Linear in the pod.
BERTH_DECL auto find_baseline_violations(object::string_map const& annotations, pod_spec const& s,
                                         std::int32_t minor, baseline_part part, violations& out) -> void;

/// Containers that see all of `/proc`.
BERTH_DECL auto find_unmasked_violations(pod_spec const& s, violations& out) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/security/baseline.ipp>
#endif
