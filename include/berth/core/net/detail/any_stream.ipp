#pragma once

/// \file
/// The bodies of `berth/core/net/detail/any_stream.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/detail/any_stream.hpp>

namespace berth::net::detail {

BERTH_DECL tcp_bytes::tcp_bytes(boost::asio::io_context& io) : tcp_(io) {}

BERTH_DECL auto tcp_bytes::get_executor() -> executor_type { return tcp_.get_executor(); }

BERTH_DECL auto tcp_bytes::connect(found_addresses const& to, done_steps done) -> void {
    tcp_.async_connect(
        to, [done = std::move(done)](boost::system::error_code ec, auto const&) mutable { done(ec); });
}

BERTH_DECL auto tcp_bytes::read(boost::asio::mutable_buffer to, done_bytes done) -> void {
    tcp_.async_read_some(to, std::move(done));
}

BERTH_DECL auto tcp_bytes::write(bytes_to_write const& from, done_bytes done) -> void {
    tcp_.async_write_some(from, std::move(done));
}

BERTH_DECL tls_bytes::tls_bytes(any_stream& below, boost::asio::ssl::context& context)
    : tls_(below, context) {}

BERTH_DECL auto tls_bytes::get_executor() -> executor_type { return tls_.get_executor(); }

BERTH_DECL auto tls_bytes::shake_hands(done_steps done) -> void {
    tls_.async_handshake(boost::asio::ssl::stream_base::client, std::move(done));
}

BERTH_DECL auto tls_bytes::read(boost::asio::mutable_buffer to, done_bytes done) -> void {
    tls_.async_read_some(to, std::move(done));
}

BERTH_DECL auto tls_bytes::write(bytes_to_write const& from, done_bytes done) -> void {
    tls_.async_write_some(from, std::move(done));
}

} // namespace berth::net::detail
