#pragma once

/// \file
/// What the writer of a claim is warned of (Kubernetes 1.36, `pkg/api/persistentvolumeclaim`).

#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/warnings.hpp>

namespace berth::kube {

/// `before`: null for a new claim.
[[nodiscard]] BERTH_DECL auto warnings_of(persistent_volume_claim const& c,
                                          persistent_volume_claim const* before) -> warning_list;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/warnings.ipp>
#endif
