#pragma once

/// \file
/// The bodies of `berth/core/random.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/random.hpp>

#include <string_view>

namespace berth {

BERTH_DECL auto random_engine::suffix(std::size_t length) -> std::string {
    constexpr std::string_view alphabet = "bcdfghjklmnpqrstvwxz2456789";
    auto out = std::string(length, ' ');
    for (auto& c : out) c = alphabet[below(alphabet.size())];
    return out;
}

BERTH_DECL auto random_engine::uuid() -> std::string {
    constexpr std::string_view digits = "0123456789abcdef";
    auto out = std::string(36, '-');
    auto bits = std::uint64_t{0};
    auto left = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) continue;
        if (left == 0) {
            bits = (*this)();
            left = 16;
        }
        out[i] = digits[bits & 15U];
        bits >>= 4U;
        --left;
    }
    out[14] = '4';
    out[19] = digits[8U + below(4)];
    return out;
}

} // namespace berth
