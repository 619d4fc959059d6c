#pragma once

/// \file
/// How resource quotas behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/core/resourcequota`, `printResourceQuota`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/resource_quota/validation.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto resource_quota_kind() -> api::kind_of<resource_quota>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/resource_quota/kind.ipp>
#endif
