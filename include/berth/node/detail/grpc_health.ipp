#pragma once

/// \file
/// The bodies of `berth/node/detail/grpc_health.hpp`. RFC 9113 for frames, RFC 7541 for the headers that are
/// sent (all as literals, without Huffman coding), gRPC's `PROTOCOL-HTTP2` for the rest.

#include <berth/core/config.hpp>
#include <berth/node/detail/grpc_health.hpp>

#include <algorithm>
#include <utility>

namespace berth::node::detail {

namespace h2 {

inline constexpr std::uint8_t data = 0;
inline constexpr std::uint8_t headers = 1;
inline constexpr std::uint8_t reset = 3;
inline constexpr std::uint8_t settings = 4;
inline constexpr std::uint8_t ping = 6;
inline constexpr std::uint8_t go_away = 7;

inline constexpr std::uint8_t end_stream = 0x1;   // of data and headers
inline constexpr std::uint8_t acknowledged = 0x1; // of settings and pings
inline constexpr std::uint8_t end_headers = 0x4;
inline constexpr std::uint8_t padded = 0x8;

inline constexpr std::size_t head_size = 9;
inline constexpr std::size_t greatest_frame = 16'384; // what a server may send unless it is told otherwise
inline constexpr std::size_t greatest_message = 4'096;

inline auto big_endian(std::string_view bytes) -> std::uint32_t {
    auto out = std::uint32_t{0};
    for (auto const c : bytes) out = out << 8 | static_cast<unsigned char>(c);
    return out;
}

inline auto append_big_endian(std::string& to, std::uint32_t number, int bytes) -> void {
    for (auto shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        to += static_cast<char>(static_cast<unsigned char>(number >> shift & 0xff));
}

inline auto append_frame(std::string& to, std::uint8_t type, std::uint8_t flags, std::uint32_t stream,
                         std::string_view payload) -> void {
    append_big_endian(to, static_cast<std::uint32_t>(payload.size()), 3);
    to += static_cast<char>(type);
    to += static_cast<char>(flags);
    append_big_endian(to, stream, 4);
    to += payload;
}

/// A text of a header, with its length in front.
inline auto append_literal(std::string& to, std::string_view text) -> void {
    if (text.size() < 127) {
        to += static_cast<char>(text.size());
    } else {
        to += static_cast<char>(127);
        auto rest = text.size() - 127;
        for (; rest >= 128; rest /= 128)
            to += static_cast<char>(static_cast<unsigned char>(rest % 128 + 128));
        to += static_cast<char>(rest);
    }
    to += text;
}

inline auto request_headers(std::string_view authority) -> std::string {
    auto out = std::string("\x83\x86"); // :method POST, :scheme http
    out += '\x04';                      // :path
    append_literal(out, "/grpc.health.v1.Health/Check");
    out += '\x01'; // :authority
    append_literal(out, authority);
    out += "\x0f\x10"; // content-type
    append_literal(out, "application/grpc");
    out += "\x0f\x2b"; // user-agent
    append_literal(out, "kube-probe/1.36");
    out += '\0'; // a name of its own
    append_literal(out, "te");
    append_literal(out, "trailers");
    return out;
}

/// A `HealthCheckRequest` as a gRPC message.
inline auto request_message(std::string_view service) -> std::string {
    auto body = std::string();
    if (!service.empty()) {
        body += '\x0a';
        auto rest = service.size();
        for (; rest >= 128; rest /= 128)
            body += static_cast<char>(static_cast<unsigned char>(rest % 128 + 128));
        body += static_cast<char>(rest);
        body += service;
    }
    auto out = std::string(1, '\0'); // not compressed
    append_big_endian(out, static_cast<std::uint32_t>(body.size()), 4);
    return out + body;
}

/// The number at the front of a text, which loses it; nothing if there is none.
inline auto take_varint(std::string_view& from) -> std::optional<std::uint64_t> {
    auto out = std::uint64_t{0};
    for (auto n = std::size_t{0}; n < std::min<std::size_t>(from.size(), 9); ++n) {
        auto const byte = static_cast<unsigned char>(from[n]);
        out |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * n);
        if (byte < 0x80) {
            from.remove_prefix(n + 1);
            return out;
        }
    }
    return std::nullopt;
}

/// The `status` of a `HealthCheckResponse`; nothing if it is none.
inline auto status_of(std::string_view body) -> std::optional<std::uint64_t> {
    auto status = std::uint64_t{0};
    while (!body.empty()) {
        auto const tag = take_varint(body);
        if (!tag) return std::nullopt;
        auto skip = std::uint64_t{0};
        switch (*tag & 7) {
        case 0:
            if (auto const value = take_varint(body)) {
                if (*tag >> 3 == 1) status = *value;
                continue;
            }
            return std::nullopt;
        case 1: skip = 8; break;
        case 2:
            if (auto const size = take_varint(body)) skip = *size;
            else return std::nullopt;
            break;
        case 5: skip = 4; break;
        default: return std::nullopt;
        }
        if (skip > body.size()) return std::nullopt;
        body.remove_prefix(static_cast<std::size_t>(skip));
    }
    return status;
}

inline auto name_of_status(std::uint64_t status) -> std::string {
    constexpr std::string_view names[] = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};
    return status < 4 ? std::string(names[status]) : std::to_string(status);
}

} // namespace h2

BERTH_DECL grpc_health_exchange::grpc_health_exchange(std::string_view authority, std::string_view service)
    : outgoing_("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") {
    h2::append_frame(outgoing_, h2::settings, 0, 0, {});
    h2::append_frame(outgoing_, h2::headers, h2::end_headers, 1, h2::request_headers(authority));
    h2::append_frame(outgoing_, h2::data, h2::end_stream, 1, h2::request_message(service));
}

BERTH_DECL auto grpc_health_exchange::receive(std::string_view bytes) -> void {
    while (!outcome_ && (!bytes.empty() || incoming_.size() >= h2::head_size)) {
        auto const room = h2::head_size + h2::greatest_frame - std::min(incoming_.size(), h2::greatest_frame);
        auto const taken = std::min(room, bytes.size());
        incoming_ += bytes.substr(0, taken);
        bytes.remove_prefix(taken);
        if (incoming_.size() < h2::head_size) return;
        auto const all = std::string_view(incoming_);
        auto const size = h2::big_endian(all.substr(0, 3));
        if (size > h2::greatest_frame)
            return fail("error: health rpc probe failed: the answer is not HTTP/2");
        if (all.size() < h2::head_size + size) {
            if (bytes.empty()) return;
            continue;
        }
        take({static_cast<std::uint8_t>(all[3]), static_cast<std::uint8_t>(all[4]),
              h2::big_endian(all.substr(5, 4)) & 0x7fffffffU, all.substr(h2::head_size, size)});
        incoming_.erase(0, h2::head_size + size);
    }
}

BERTH_DECL auto grpc_health_exchange::take(frame const& f) -> void {
    switch (f.type) {
    case h2::settings:
        if ((f.flags & h2::acknowledged) == 0)
            h2::append_frame(outgoing_, h2::settings, h2::acknowledged, 0, {});
        return;
    case h2::ping:
        if ((f.flags & h2::acknowledged) == 0)
            h2::append_frame(outgoing_, h2::ping, h2::acknowledged, 0, f.payload.substr(0, 8));
        if (outgoing_.size() > h2::greatest_frame) fail("error: health rpc probe failed: too many pings");
        return;
    case h2::go_away: return fail("error: health rpc probe failed: the server closes the connection");
    case h2::reset:
        if (f.stream == 1) fail("error: health rpc probe failed: the server refused the stream");
        return;
    case h2::data: return take_data(f);
    case h2::headers:
        if (f.stream == 1 && (f.flags & h2::end_stream) != 0) end_of_stream();
        return;
    default: return; // windows, priorities and what does not exist yet
    }
}

BERTH_DECL auto grpc_health_exchange::take_data(frame const& f) -> void {
    if (f.stream != 1) return;
    auto payload = f.payload;
    if ((f.flags & h2::padded) != 0 && !payload.empty()) {
        auto const padding = std::size_t{static_cast<unsigned char>(payload.front())};
        payload.remove_prefix(1);
        payload.remove_suffix(std::min(padding, payload.size()));
    }
    message_ += payload;
    if (message_.size() > h2::greatest_message)
        return fail("error: health rpc probe failed: the answer is too long");
    read_message();
    if ((f.flags & h2::end_stream) != 0) end_of_stream();
}

BERTH_DECL auto grpc_health_exchange::read_message() -> void {
    constexpr auto head = std::size_t{5};
    if (message_.size() < head) return;
    auto const size = h2::big_endian(std::string_view(message_).substr(1, 4));
    if (message_.size() - head < size) return;
    auto const status =
        message_.front() == 0 ? h2::status_of(std::string_view(message_).substr(head, size)) : std::nullopt;
    if (!status) return fail("error: health rpc probe failed: the answer is no HealthCheckResponse");
    if (*status == 1) outcome_ = verdict{true, "service healthy"};
    else fail("service unhealthy (responded with \"" + h2::name_of_status(*status) + "\")");
}

BERTH_DECL auto grpc_health_exchange::end_of_stream() -> void {
    // Without a message: a status of gRPC alone, such as that of a service that is not known.
    if (!outcome_) fail("error: health rpc probe failed: the server does not answer the health protocol");
}

BERTH_DECL auto grpc_health_exchange::close() -> void {
    if (!outcome_) fail("error: health rpc probe failed: the connection was closed");
}

} // namespace berth::node::detail
