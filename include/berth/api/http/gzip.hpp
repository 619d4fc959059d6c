#pragma once

/// \file
/// Answers that are sent compressed (RFC 1952, RFC 9110 12.5.3).

#include <berth/api/http/message.hpp>
#include <berth/core/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace berth::api::http {

/// From how many bytes on answers are compressed (apiserver 1.36, `responsewriters`).
inline constexpr std::size_t gzip_threshold = 128 * 1024;

/// A text as a gzip stream, compressed at the fastest level. Time and memory are linear in the text.
[[nodiscard]] BERTH_DECL auto gzip(std::string_view text) -> std::string;

/// Whether an Accept-Encoding header takes gzip.
[[nodiscard]] BERTH_DECL auto takes_gzip(std::string_view accept_encoding) -> bool;

/// Compresses a large answer, and says so in its headers.
BERTH_DECL auto compress(response& whole) -> void;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/gzip.ipp>
#endif
