#pragma once

/// \file
/// What the writer of a deployment is warned of, though it is accepted (Kubernetes 1.36,
/// `pkg/registry/apps/deployment`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/core/pod/warnings.hpp>

namespace berth::kube {

/// Warnings about a deployment that is created or, with `before`, changed.
[[nodiscard]] BERTH_DECL auto warnings_of(deployment const& d, deployment const* before = nullptr)
    -> warning_list;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/deployment/warnings.ipp>
#endif
