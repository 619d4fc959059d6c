#pragma once

/// \file
/// What the listener of an HTTP server may be told.

#include <cstddef>
#include <cstdint>
#include <string>

namespace berth::api::http {

/// Where to listen, and how much to bear.
struct listen_options {
    std::string address = "127.0.0.1";         ///< must be a loopback address
    std::uint16_t port = 0;                    ///< 0: any free one
    std::size_t max_connections = 4096;        ///< further ones are closed at once
    std::size_t max_header_bytes = 64U * 1024; ///< of one request
    std::size_t max_body_bytes = 3U * 1024 * 1024;
    unsigned max_waiting = 32;     ///< requests that wait for others than the store; further ones are refused
    unsigned request_seconds = 30; ///< for a request to arrive, from its first byte on
    unsigned idle_seconds = 300;   ///< between two requests
    unsigned stall_seconds = 60;   ///< for a client to take what is being sent
};

} // namespace berth::api::http
