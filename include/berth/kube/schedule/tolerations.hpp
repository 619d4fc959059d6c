#pragma once

/// \file
/// Which taints a pod tolerates (kubernetes 1.36, `component-helpers/scheduling/corev1`).

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/affinity.hpp>

#include <string_view>
#include <vector>

namespace berth::kube {

/// Whether a toleration speaks of a taint: equal effect and key (an empty one means any), and `Exists`, an
/// equal value, or, with `Gt` and `Lt`, a taint whose value is a greater or lesser whole number than that of
/// the toleration. (Pods with these two come only from an API whose gate `TaintTolerationComparisonOperators`
/// lets them in.)
[[nodiscard]] BERTH_DECL auto tolerates(toleration const& t, taint const& what) -> bool;

[[nodiscard]] BERTH_DECL auto tolerates(object::list<toleration> const& all, taint const& what) -> bool;

/// The first taint that keeps pods off (or drives them away) and is not tolerated, or null.
[[nodiscard]] BERTH_DECL auto untolerated(object::list<taint> const& taints,
                                          object::list<toleration> const& tolerations) -> taint const*;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/tolerations.ipp>
#endif
