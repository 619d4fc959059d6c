#pragma once

/// \file
/// HTTP/2 frames, written by hand, for tests of those who read them: RFC 9113, and headers of RFC 7541 as
/// literals.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace berth::store::testing::http2 {

inline constexpr auto end_stream = 0x1;
inline constexpr auto end_headers = 0x4;

inline auto big_endian(std::size_t number, int bytes) -> std::string {
    auto out = std::string();
    for (auto shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out += static_cast<char>(static_cast<unsigned char>(number >> shift & 0xffU));
    return out;
}

inline auto frame(int type, int flags, std::uint32_t stream, std::string_view payload) -> std::string {
    auto out = big_endian(payload.size(), 3);
    out += static_cast<char>(type);
    out += static_cast<char>(flags);
    return out.append(big_endian(stream, 4)).append(payload);
}

inline auto data(std::uint32_t stream, std::string_view bytes, int flags = 0) -> std::string {
    return frame(0, flags, stream, bytes);
}
inline auto headers(std::uint32_t stream, std::string_view block, int flags = 0) -> std::string {
    return frame(1, flags | end_headers, stream, block);
}
inline auto reset(std::uint32_t stream, std::size_t code) -> std::string {
    return frame(3, 0, stream, big_endian(code, 4));
}
inline auto settings() -> std::string { return frame(4, 0, 0, {}); }
inline auto ping(std::string_view eight) -> std::string { return frame(6, 0, 0, eight); }
inline auto go_away(std::uint32_t last_stream) -> std::string {
    return frame(7, 0, 0, big_endian(last_stream, 4) + big_endian(0, 4));
}

/// A header, for a block.
inline auto header(std::string_view name, std::string_view value) -> std::string {
    auto out = std::string(1, '\0');
    out += static_cast<char>(name.size());
    out.append(name);
    out += static_cast<char>(value.size());
    return out.append(value);
}

/// `:status` 200.
inline auto good() -> std::string { return "\x88"; }

/// A message as gRPC sends it.
inline auto grpc(std::string_view message) -> std::string {
    return std::string(1, '\0').append(big_endian(message.size(), 4)).append(message);
}

/// The end of a gRPC answer.
inline auto status(std::uint32_t stream, std::string_view code, std::string_view words = {}) -> std::string {
    auto block = header("grpc-status", code);
    if (!words.empty()) block += header("grpc-message", words);
    return headers(stream, block, end_stream);
}

} // namespace berth::store::testing::http2
