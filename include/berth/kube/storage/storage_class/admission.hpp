#pragma once

/// \file
/// Gives claims their class, and lets those grow whose class can (kubernetes 1.36,
/// `plugin/pkg/admission/storage`).

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/storage/storage_class/type.hpp>

namespace berth::kube {

/// Whether it is the class of claims that name none.
[[nodiscard]] BERTH_DECL auto is_default(storage_class const& c) -> bool;

/// A new claim that names no class gets the newest default class; of those made at the same time the first by
/// name. Looks at all classes.
[[nodiscard]] BERTH_DECL auto default_storage_class() -> api::admission;

/// Refuses that a claim grows that is not bound, or whose class does not let claims grow.
[[nodiscard]] BERTH_DECL auto claim_resize() -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/storage/storage_class/admission.ipp>
#endif
