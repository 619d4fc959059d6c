#pragma once

/// \file
/// URL-safe base64 without padding (RFC 4648, 5), as tokens carry bytes.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <string>
#include <string_view>

namespace berth {

/// The text of some bytes.
[[nodiscard]] BERTH_DECL auto base64url_encode(std::string_view bytes) -> std::string;

/// The bytes of a text, with or without padding. Errors: `bad_request` with the offset of the first byte that
/// does not belong.
[[nodiscard]] BERTH_DECL auto base64url_decode(std::string_view text) -> result<std::string>;

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/base64url.ipp>
#endif
