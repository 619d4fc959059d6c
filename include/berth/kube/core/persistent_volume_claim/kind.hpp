#pragma once

/// \file
/// How claims for volumes behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/core/persistentvolumeclaim`, `printPersistentVolumeClaim`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/persistent_volume_claim/defaults.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/persistent_volume_claim/validation.hpp>
#include <berth/kube/core/persistent_volume_claim/warnings.hpp>

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto persistent_volume_claim_kind() -> api::kind_of<persistent_volume_claim>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/kind.ipp>
#endif
