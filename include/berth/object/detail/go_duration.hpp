#pragma once

/// \file
/// Spans of time as Go writes them: `1h30m`, `500ms`, `1.5s`.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/time.hpp>
#include <berth/object/detail/go_text.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace berth::object::detail {

/// Reads a span of time (Go's `time.ParseDuration`). Errors: `bad_request`, in Go's words.
[[nodiscard]] BERTH_DECL auto read_duration(std::string_view text) -> result<duration>;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/go_duration.ipp>
#endif
