#pragma once

/// \file
/// The bodies of `berth/core/base64.hpp`.

#include <berth/core/base64.hpp>
#include <berth/core/config.hpp>

#include <array>
#include <cstdint>

namespace berth {

BERTH_DECL auto base64_encode(std::string_view bytes) -> std::string {
    auto out = std::string();
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const left = bytes.size() - i;
        auto const byte = [&](std::size_t n) {
            return n < left ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + n])) : 0U;
        };
        auto const word = byte(0) << 16U | byte(1) << 8U | byte(2);
        out.push_back(base64_alphabet[word >> 18U & 63U]);
        out.push_back(base64_alphabet[word >> 12U & 63U]);
        out.push_back(left > 1 ? base64_alphabet[word >> 6U & 63U] : '=');
        out.push_back(left > 2 ? base64_alphabet[word & 63U] : '=');
    }
    return out;
}

BERTH_DECL auto base64_decode(std::string_view text) -> result<std::string> {
    static constexpr auto values = [] {
        auto table = std::array<std::int8_t, 256>{};
        table.fill(-1);
        for (std::size_t i = 0; i < base64_alphabet.size(); ++i)
            table[static_cast<unsigned char>(base64_alphabet[i])] = static_cast<std::int8_t>(i);
        return table;
    }();
    auto const refuse = [](std::size_t at) {
        return fail(error_code::bad_request, "illegal base64 data at input byte " + std::to_string(at));
    };
    auto out = std::string();
    out.reserve(text.size() / 4 * 3);
    auto word = std::uint32_t{0};
    auto digits = 0;
    auto padding = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = text[i];
        if (c == '\n' || c == '\r') continue;
        auto const value = values[static_cast<unsigned char>(c)];
        auto const pads = c == '=' && digits + padding >= 2 && digits + padding < 4;
        if (padding > 0 && !pads) return refuse(i - 1); // what should have been padded
        if (value < 0 && !pads) return refuse(i);
        word = word << 6U | (value < 0 ? 0U : static_cast<std::uint32_t>(value));
        value < 0 ? ++padding : ++digits;
        if (digits + padding < 4) continue;
        for (auto n = 0; n < 3 - padding; ++n) out.push_back(static_cast<char>(word >> (16 - 8 * n) & 255U));
        if (padding > 0 && text.find_first_not_of("\r\n", i + 1) != std::string_view::npos)
            return refuse(i + 1);
        word = 0;
        digits = padding = 0;
    }
    if (padding > 0) return refuse(text.size());
    if (digits > 0) return refuse(text.size() - static_cast<std::size_t>(digits));
    return out;
}

} // namespace berth
