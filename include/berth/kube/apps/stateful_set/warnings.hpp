#pragma once

/// \file
/// What the writer of a stateful set is warned of, though it is accepted (Kubernetes 1.36,
/// `pkg/registry/apps/statefulset`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/core/pod/warnings.hpp>

namespace berth::kube {

/// Warnings about a stateful set that is created or, with `before`, changed.
[[nodiscard]] BERTH_DECL auto warnings_of(stateful_set const& s, stateful_set const* before = nullptr)
    -> warning_list;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/stateful_set/warnings.ipp>
#endif
