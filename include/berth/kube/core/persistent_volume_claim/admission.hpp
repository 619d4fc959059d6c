#pragma once

/// \file
/// Keeps claims and volumes that are in use (kubernetes 1.36,
/// `plugin/pkg/admission/storage/storageobjectinuseprotection`).

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>

namespace berth::kube {

/// The finalizers by which claims and volumes wait until nobody uses them; the controllers of
/// `control/volume_protection.hpp` take them off.
inline constexpr std::string_view claim_protection_finalizer = "kubernetes.io/pvc-protection";
inline constexpr std::string_view volume_protection_finalizer = "kubernetes.io/pv-protection";

/// New claims and volumes get their finalizer.
[[nodiscard]] BERTH_DECL auto storage_protection() -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/persistent_volume_claim/admission.ipp>
#endif
