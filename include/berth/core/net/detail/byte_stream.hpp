#pragma once

/// \file
/// One TCP or TLS connection as bytes, and the loop that its operations run in: sequential code on
/// asynchronous operations, each call on the caller's thread.

#include <berth/core/config.hpp>
#include <berth/core/net/detail/any_stream.hpp>
#include <berth/core/net/endpoint.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <openssl/ssl.h>

#include <chrono>
#include <string>
#include <string_view>

namespace berth::net {

using steady_clock = std::chrono::steady_clock;
using instant = steady_clock::time_point;
using tls_context = boost::asio::ssl::context;

namespace detail {

/// Makes a stream ask for the server that an endpoint means, and believe no other.
BERTH_DECL auto expect_server(tls_stream& stream, endpoint const& where) -> boost::system::error_code;

/// Bytes to a server and from it. One thread at a time may use it.
class byte_stream {
public:
    /// `tls` is for endpoints that want it; the endpoint must outlive the stream.
    byte_stream(endpoint const& where, tls_context* tls);
    byte_stream(byte_stream const&) = delete;
    auto operator=(byte_stream const&) -> byte_stream& = delete;

    /// Closes it, and lets operations under way end while all that they use is there. Whoever starts some
    /// calls it before that goes.
    auto close() -> void;

    /// Nothing, or why there is no connection. Over TLS the server must agree to speak `protocol` (of ALPN),
    /// unless that is empty.
    [[nodiscard]] auto connect(instant deadline, std::string_view protocol = {}) -> std::string;

    [[nodiscard]] auto where() const -> endpoint const& { return *where_; }
    [[nodiscard]] auto tcp() -> boost::beast::tcp_stream& { return transport_.connection().tcp(); }
    /// What operations are started on.
    [[nodiscard]] auto stream() -> any_stream& { return transport_.stream(); }
    [[nodiscard]] auto io() -> boost::asio::io_context& { return io_; }

    /// Runs until no operation is under way.
    auto run() -> void;

    /// Starts an operation that calls `done(ec, ...)`, and runs until it has.
    template <class Start> auto finish(Start start) -> boost::system::error_code {
        auto out = boost::system::error_code{};
        start([&out](boost::system::error_code ec, std::size_t = 0) { out = ec; });
        run();
        return out;
    }

private:
    [[nodiscard]] auto shake_hands(std::string_view protocol) -> std::string;

    boost::asio::io_context io_{1};
    endpoint const* where_;
    transport transport_;
};

} // namespace detail

} // namespace berth::net

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/net/detail/byte_stream.ipp>
#endif
