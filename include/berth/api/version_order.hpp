#pragma once

/// \file
/// Which of two versions of an API is the newer one (apimachinery 1.36,
/// `version.CompareKubeAwareVersionStrings`).

#include <berth/core/config.hpp>

#include <string_view>

namespace berth::api {

/// Whether a version comes before another where the newest stable one comes first: `v2`, `v1`, `v3beta1`,
/// `v1beta2`, `v1alpha1`; names of another form come last, in the order of their text.
[[nodiscard]] BERTH_DECL auto is_newer_version(std::string_view a, std::string_view b) -> bool;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/version_order.ipp>
#endif
