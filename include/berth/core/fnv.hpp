#pragma once

/// \file
/// The hash FNV-1a (RFC 9923): short, the same on every machine, and no protection against who wants to
/// collide.

#include <cstdint>
#include <string_view>

namespace berth {

/// FNV-1a of some bytes with 32 bits.
[[nodiscard]] constexpr auto fnv1a_32(std::string_view bytes) -> std::uint32_t {
    auto out = std::uint32_t{2166136261U};
    for (auto const c : bytes) out = (out ^ static_cast<unsigned char>(c)) * std::uint32_t{16777619U};
    return out;
}

/// FNV-1a of some bytes with 64 bits.
[[nodiscard]] constexpr auto fnv1a_64(std::string_view bytes) -> std::uint64_t {
    auto out = std::uint64_t{14695981039346656037U};
    for (auto const c : bytes) out = (out ^ static_cast<unsigned char>(c)) * std::uint64_t{1099511628211U};
    return out;
}

} // namespace berth
