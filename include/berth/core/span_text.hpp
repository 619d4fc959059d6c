#pragma once

/// \file
/// Spans of time as people write them.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

#include <optional>
#include <string_view>

namespace berth {

/// A span in whole numbers of units, in the form of Go: `1m30s`, `250ms`. Nothing if it is none, or below
/// zero.
[[nodiscard]] BERTH_DECL auto parse_span(std::string_view text) -> std::optional<duration>;

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/span_text.ipp>
#endif
