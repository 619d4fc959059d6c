#pragma once

/// \file
/// What the writer of a service is warned of, though it is accepted (Kubernetes 1.36,
/// `pkg/api/service/warnings.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/meta/warnings.hpp>

namespace berth::kube {

/// Warnings about a service that is created or changed.
[[nodiscard]] BERTH_DECL auto warnings_of(service const& s, service const* = nullptr) -> warning_list;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/service/warnings.ipp>
#endif
