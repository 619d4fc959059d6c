#pragma once

/// \file
/// The bodies of `berth/core/net/detail/byte_stream.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/detail/byte_stream.hpp>
#include <berth/core/net/detail/name_search.hpp>

#include <algorithm>

namespace berth::net::detail {

BERTH_DECL auto expect_server(tls_stream& stream, endpoint const& where) -> boost::system::error_code {
    auto const& name = where.tls_name.empty() ? where.host : where.tls_name;
    auto ec = boost::system::error_code{};
    static_cast<void>(boost::asio::ip::make_address(name, ec));
    if (ec) ::SSL_set_tlsext_host_name(stream.native_handle(), name.c_str()); // it is not an address
    ec = {};
    stream.set_verify_callback(boost::asio::ssl::host_name_verification{name}, ec);
    return ec;
}

BERTH_DECL byte_stream::byte_stream(endpoint const& where, tls_context* tls)
    : where_(&where), transport_(io_, where.tls ? tls : nullptr) {}

BERTH_DECL auto byte_stream::close() -> void {
    tcp().close();
    io_.restart();
    io_.poll();
}

BERTH_DECL auto byte_stream::connect(instant deadline, std::string_view protocol) -> std::string {
    auto search = name_search(io_);
    auto targets = found_addresses();
    auto ec = boost::system::error_code{};
    search.start(where_->host, where_->port, deadline,
                 [&](boost::system::error_code failed, found_addresses found) {
                     ec = failed;
                     targets = std::move(found);
                 });
    run();
    if (ec) return ec.message();
    tcp().expires_at(deadline);
    ec = finish([&](auto done) { transport_.connection().connect(targets, done); });
    if (ec) return ec.message();
    tcp().socket().set_option(boost::asio::ip::tcp::no_delay{true}, ec);
    tcp().socket().set_option(boost::asio::socket_base::keep_alive{true}, ec);
    tcp().socket().non_blocking(true, ec);
    return transport_.secure() ? shake_hands(protocol) : std::string{};
}

BERTH_DECL auto byte_stream::run() -> void {
    io_.restart();
    io_.run();
}

BERTH_DECL auto byte_stream::shake_hands(std::string_view protocol) -> std::string {
    auto& secure = *transport_.secure();
    auto ec = expect_server(secure.tls(), *where_);
    if (ec) return ec.message();
    auto* const ssl = secure.tls().native_handle();
    if (!protocol.empty()) {
        auto offer = std::basic_string<unsigned char>(1, static_cast<unsigned char>(protocol.size()));
        offer.append(protocol.begin(), protocol.end());
        ::SSL_set_alpn_protos(ssl, offer.data(), static_cast<unsigned>(offer.size()));
    }
    ec = finish([&](auto done) { secure.shake_hands(done); });
    if (ec) return ec.message();
    unsigned char const* agreed = nullptr;
    auto size = 0U;
    ::SSL_get0_alpn_selected(ssl, &agreed, &size);
    if (protocol.empty() || std::equal(agreed, agreed + size, protocol.begin(), protocol.end())) return {};
    return "the server does not speak " + std::string(protocol);
}

} // namespace berth::net::detail
