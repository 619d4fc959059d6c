#pragma once

/// \file
/// Hashing of small keys: fast, the same on every run, so that the order of things that hang on it is too.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace berth::reconcile::detail {

/// Spreads the bits of a number over all of its word (the finisher of splitmix64).
[[nodiscard]] constexpr auto mix(std::uint64_t z) -> std::uint64_t {
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

/// The bits of a text of less than eight bytes; of texts of one length, different texts give different bits.
[[nodiscard]] inline auto short_text(char const* text, std::size_t size) -> std::uint64_t {
    if (size >= 4) {
        auto first = std::uint32_t{0};
        auto last = std::uint32_t{0};
        std::memcpy(&first, text, sizeof first);
        std::memcpy(&last, text + size - sizeof last, sizeof last);
        return std::uint64_t{last} << 32U | first;
    }
    if (size == 0) return 0;
    auto const byte = [&](std::size_t at) -> std::uint64_t { return static_cast<unsigned char>(text[at]); };
    return byte(0) | byte(size / 2) << 8U | byte(size - 1) << 16U;
}

/// Adds a text to a hash, eight bytes at a time.
[[nodiscard]] inline auto hash_text(std::string_view text, std::uint64_t seed = 0) -> std::uint64_t {
    auto h = seed ^ (text.size() * 0x9e3779b97f4a7c15U);
    auto const* p = text.data();
    auto left = text.size();
    auto word = std::uint64_t{0};
    for (; left >= sizeof word; p += sizeof word, left -= sizeof word) {
        std::memcpy(&word, p, sizeof word);
        h = (h ^ word) * 0x9fb21c651e98df25U;
        h ^= h >> 32U;
    }
    return mix(h ^ short_text(p, left) * 0xd6e8feb86659fd93U);
}

/// The hash of a name in a namespace.
[[nodiscard]] inline auto hash_name(std::string_view namespace_, std::string_view name) -> std::uint64_t {
    return hash_text(name, hash_text(namespace_));
}

} // namespace berth::reconcile::detail
