#pragma once

/// \file
/// Gives pods what their runtime class says: overhead, nodes, tolerations (kubernetes 1.36,
/// `plugin/pkg/admission/runtimeclass`).

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/node/runtime_class/type.hpp>

namespace berth::kube {

/// New pods get the overhead and the scheduling of their class. Refused are pods whose class is not there,
/// who say other things about overhead, or whose nodes cannot be those of the class.
[[nodiscard]] BERTH_DECL auto runtime_class_admission() -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/node/runtime_class/admission.ipp>
#endif
