#pragma once

/// \file
/// Resource quotas at work: what would use more than there is left is refused, and what is used is kept in
/// the quotas' statuses (Kubernetes 1.36, `staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota`).

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/resource_quota/usage.hpp>

namespace berth::kube {

/// The step of admission that holds new objects, and what services, claims and pods become, against the
/// quotas of their namespace. It writes the usage of those that let them pass; a dry run writes nothing.
/// Quotas are enforced as their status says, which others fill in.
[[nodiscard]] BERTH_DECL auto resource_quota_admission() -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/resource_quota/admission.ipp>
#endif
