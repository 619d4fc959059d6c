#pragma once

/// \file
/// The bodies of `berth/core/sha256.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/sha256.hpp>

#include <bit>
#include <cstddef>
#include <string>

namespace berth::detail {

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
inline constexpr auto sha256_constants = std::array<std::uint32_t, 64>{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using sha256_state = std::array<std::uint32_t, 8>;

/// Takes in 64 bytes.
inline auto sha256_block(sha256_state& state, char const* bytes) -> void {
    auto w = std::array<std::uint32_t, 64>{};
    for (std::size_t i = 0; i < 64; ++i) // big-endian words
        w[i / 4] = w[i / 4] << 8U | static_cast<unsigned char>(bytes[i]);
    for (std::size_t i = 16; i < 64; ++i) {
        auto const a = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3U;
        auto const b = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10U;
        w[i] = w[i - 16] + a + w[i - 7] + b;
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < 64; ++i) {
        auto const s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        auto const one = h + s1 + ((e & f) ^ (~e & g)) + sha256_constants[i] + w[i];
        auto const s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        auto const two = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + one;
        d = c;
        c = b;
        b = a;
        a = one + two;
    }
    auto const mixed = sha256_state{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < state.size(); ++i) state[i] += mixed[i];
}

} // namespace berth::detail

namespace berth {

BERTH_DECL auto sha256(std::string_view bytes) -> std::array<std::uint8_t, 32> {
    auto state = detail::sha256_state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    auto const whole = bytes.size() / 64 * 64;
    for (std::size_t i = 0; i < whole; i += 64) detail::sha256_block(state, bytes.data() + i);
    auto rest = std::string(bytes.substr(whole)) + '\x80';
    while (rest.size() % 64 != 56) rest += '\0';
    auto const bits = static_cast<std::uint64_t>(bytes.size()) * 8;
    for (auto shift = 56; shift >= 0; shift -= 8)
        rest += static_cast<char>(bits >> static_cast<unsigned>(shift) & 0xff);
    for (std::size_t i = 0; i < rest.size(); i += 64) detail::sha256_block(state, rest.data() + i);
    auto out = std::array<std::uint8_t, 32>{};
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(state[i / 4] >> (24 - i % 4 * 8));
    return out;
}

} // namespace berth
