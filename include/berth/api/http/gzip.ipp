#pragma once

/// \file
/// The bodies of `berth/api/http/gzip.hpp`.

#include <berth/api/http/gzip.hpp>
#include <berth/core/config.hpp>

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>

#include <cstdint>
#include <cstdlib>

namespace berth::api::http::detail {

/// The lowest byte first.
inline auto append_little_endian(std::string& out, std::uint32_t value) -> void {
    for (auto shift = 0U; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xFFU);
}

/// Raw deflate of a text.
inline auto append_deflated(std::string& out, std::string_view text) -> void {
    namespace zlib = boost::beast::zlib;
    constexpr auto fastest = 1;
    constexpr auto window_bits = 15;
    constexpr auto memory_level = 8;
    auto machine = zlib::deflate_stream();
    machine.reset(fastest, window_bits, memory_level, zlib::Strategy::normal);
    auto const begin = out.size();
    out.resize(begin + machine.upper_bound(text.size()));
    auto state = zlib::z_params();
    state.next_in = text.data();
    state.avail_in = text.size();
    state.next_out = out.data() + begin;
    state.avail_out = out.size() - begin;
    auto failed = boost::beast::error_code(); // at the end: end_of_stream
    machine.write(state, zlib::Flush::finish, failed);
    out.resize(out.size() - state.avail_out);
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto gzip(std::string_view text) -> std::string {
    // Identification, deflate, no flags, no time, fastest, unknown system.
    auto out = std::string("\x1F\x8B\x08\0\0\0\0\0\x04\xFF", 10);
    detail::append_deflated(out, text);
    auto sum = boost::crc_32_type();
    sum.process_bytes(text.data(), text.size());
    detail::append_little_endian(out, sum.checksum());
    detail::append_little_endian(out, static_cast<std::uint32_t>(text.size()));
    return out;
}

BERTH_DECL auto takes_gzip(std::string_view accept_encoding) -> bool {
    while (!accept_encoding.empty()) {
        auto clause = detail::cut(accept_encoding, ',');
        auto const name = detail::trim(detail::cut(clause, ';'));
        auto quality = detail::trim(clause);
        if (name != "gzip" && name != "*") continue;
        return detail::cut(quality, '=') != "q" || std::strtod(std::string(quality).c_str(), nullptr) > 0;
    }
    return false;
}

BERTH_DECL auto compress(response& whole) -> void {
    if (whole.text.size() < gzip_threshold) return;
    whole.text = gzip(whole.text);
    whole.headers.emplace_back("Content-Encoding", "gzip");
    whole.headers.emplace_back("Vary", "Accept-Encoding");
}

} // namespace berth::api::http
