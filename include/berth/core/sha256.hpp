#pragma once

/// \file
/// SHA-256 (FIPS 180-4).

#include <berth/core/config.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace berth {

/// The digest of bytes. Linear.
[[nodiscard]] BERTH_DECL auto sha256(std::string_view bytes) -> std::array<std::uint8_t, 32>;

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/sha256.ipp>
#endif
