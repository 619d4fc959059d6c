#pragma once

/// \file
/// Checks of limit ranges (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/limit_range/type.hpp>
#include <berth/kube/core/validation/resources.hpp>

#include <cstdint>
#include <limits>
#include <string>

namespace berth::kube {

/// Checks a limit range that is to be created.
BERTH_DECL auto validate(limit_range const& l, api::field_errors& errors) -> void;

/// Checks a change of a limit range: as a new one.
inline auto validate_update(limit_range const& now, limit_range const&, api::field_errors& errors) -> void {
    validate(now, errors);
}

namespace detail {

/// A number as Go prints `%f`.
[[nodiscard]] BERTH_DECL auto shown_ratio(double ratio) -> std::string;

/// The greatest value that is compared to the thousandth.
inline constexpr auto greatest_in_thousandths = std::numeric_limits<std::int64_t>::max() / 1000;

} // namespace detail

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/limit_range/validation.ipp>
#endif
