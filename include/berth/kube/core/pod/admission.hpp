#pragma once

/// \file
/// What admission adds to new pods: tolerations of failing nodes (kubernetes 1.36,
/// `DefaultTolerationSeconds`).

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

/// `how_long` in seconds.
[[nodiscard]] BERTH_DECL auto default_toleration_seconds(std::int64_t how_long) -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/admission.ipp>
#endif
