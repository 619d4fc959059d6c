#pragma once

/// \file
/// What the writer of a daemon set is warned of, though it is accepted (Kubernetes 1.36,
/// `pkg/registry/apps/daemonset`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/daemon_set/type.hpp>
#include <berth/kube/core/pod/warnings.hpp>

namespace berth::kube {

/// Warnings about a daemon set that is created or, with `before`, changed.
[[nodiscard]] BERTH_DECL auto warnings_of(daemon_set const& d, daemon_set const* before = nullptr)
    -> warning_list;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/daemon_set/warnings.ipp>
#endif
