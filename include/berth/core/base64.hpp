#pragma once

/// \file
/// Standard base64 with padding (RFC 4648), as JSON carries bytes.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <string>
#include <string_view>

namespace berth {

inline constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The base64 text of some bytes.
[[nodiscard]] BERTH_DECL auto base64_encode(std::string_view bytes) -> std::string;

/// The bytes of a base64 text. Line breaks are skipped, as Go's decoder does. Errors: `bad_request` with the
/// offset of the first byte that does not belong.
[[nodiscard]] BERTH_DECL auto base64_decode(std::string_view text) -> result<std::string>;

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/base64.ipp>
#endif
