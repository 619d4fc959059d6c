#pragma once

/// \file
/// The bodies of `berth/api/http/listener.hpp`.

#include <berth/api/http/listener.hpp>
#include <berth/core/config.hpp>

#include <memory>

namespace berth::api::http {

BERTH_DECL listener::listener(request_handler handle, listen_options options)
    : hub_(std::move(options), std::move(handle), [this] { pull_woken(); }, [this] { io_.run(); }) {}

BERTH_DECL listener::~listener() {
    hub_.close_ears();
    io_.stop();
    hub_.waiting.join();
}

BERTH_DECL auto listener::open() -> result<void> {
    auto const address = loopback_address();
    if (!address) return std::unexpected(address.error());
    auto failed = boost::system::error_code();
    auto const endpoint = detail::asio::ip::tcp::endpoint(*address, hub_.options.port);
    acceptor_.open(endpoint.protocol(), failed);
    if (!failed) acceptor_.set_option(detail::asio::socket_base::reuse_address(true), failed);
    if (!failed) acceptor_.bind(endpoint, failed);
    if (!failed) acceptor_.listen(detail::asio::socket_base::max_listen_connections, failed);
    if (failed)
        return fail(error_code::unavailable, "cannot listen on " + hub_.options.address + ":" +
                                                 std::to_string(hub_.options.port) + ": " + failed.message());
    accept();
    look_after();
    return {};
}

BERTH_DECL auto listener::port() const -> std::uint16_t {
    auto failed = boost::system::error_code();
    return acceptor_.local_endpoint(failed).port();
}

BERTH_DECL auto listener::address() const -> std::string {
    auto failed = boost::system::error_code();
    auto const endpoint = acceptor_.local_endpoint(failed);
    auto const host = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

BERTH_DECL auto listener::run() -> void { hub_.waiting.run(); }

BERTH_DECL auto listener::run(std::stop_token const& token) -> void {
    auto const stopped = std::stop_callback(token, [this] { stop(); });
    run();
}

BERTH_DECL auto listener::poll() -> void { io_.poll(); }

BERTH_DECL auto listener::stop() -> void {
    if (hub_.stopping.exchange(true)) return;
    detail::asio::post(strand_, [this] {
        auto ignored = boost::system::error_code();
        acceptor_.close(ignored);
        sweep_.cancel();
        for (auto const& c : hub_.all()) c->stop();
        wait_for_last(deadline());
    });
}

BERTH_DECL auto listener::append_metrics(std::string& out) const -> void {
    out += "# HELP berth_http_responses_total Answers by class of status.\n"
           "# TYPE berth_http_responses_total counter\n";
    for (auto i = 1; i < 6; ++i)
        out += "berth_http_responses_total{code=\"" + std::to_string(i) + "xx\"} " +
               std::to_string(hub_.figures.answers[i].load()) + "\n";
    out += "# HELP berth_http_connections Open connections.\n# TYPE berth_http_connections gauge\n"
           "berth_http_connections " +
           std::to_string(hub_.count()) + "\n";
    out += "# HELP berth_http_streams Open watches and logs.\n# TYPE berth_http_streams gauge\n"
           "berth_http_streams " +
           std::to_string(hub_.figures.streams.load()) + "\n";
}

BERTH_DECL auto listener::loopback_address() const -> result<detail::asio::ip::address> {
    auto const& text = hub_.options.address;
    auto failed = boost::system::error_code();
    auto const address = detail::asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, failed);
    if (failed) return fail(error_code::invalid, "\"" + text + "\" is not an IP address");
    if (!address.is_loopback())
        return fail(error_code::invalid,
                    "refusing to listen on " + text +
                        ": this server has neither TLS nor authentication; use a loopback "
                        "address, such as 127.0.0.1 or ::1");
    return address;
}

BERTH_DECL auto listener::pull_woken() -> void {
    detail::asio::post(io_, [this] {
        for (auto const& c : hub_.take_woken()) c->pull_woken();
    });
}

BERTH_DECL auto listener::accept() -> void {
    acceptor_.async_accept(detail::asio::make_strand(io_), [this](boost::system::error_code failed,
                                                                  detail::connection_socket socket) {
        if (!acceptor_.is_open()) return;
        if (failed) return accept_later();
        if (hub_.count() < hub_.options.max_connections) {
            auto const c = std::make_shared<detail::connection>(std::move(socket), hub_);
            hub_.add(c);
            c->start();
        }
        accept();
    });
}

BERTH_DECL auto listener::accept_later() -> void {
    retry_.expires_after(std::chrono::milliseconds(50));
    retry_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled && acceptor_.is_open()) accept();
    });
}

BERTH_DECL auto listener::look_after() -> void {
    sweep_.expires_after(std::chrono::seconds(2));
    sweep_.async_wait([this](boost::system::error_code cancelled) {
        if (cancelled || hub_.stopping) return;
        for (auto const& c : hub_.all()) c->check_patience();
        look_after();
    });
}

BERTH_DECL auto listener::deadline() -> steady::time_point { return steady::now() + std::chrono::seconds(3); }

BERTH_DECL auto listener::wait_for_last(steady::time_point until) -> void {
    if (hub_.count() == 0) return;
    if (steady::now() >= until) return io_.stop();
    retry_.expires_after(std::chrono::milliseconds(10));
    retry_.async_wait([this, until](boost::system::error_code) { wait_for_last(until); });
}

} // namespace berth::api::http
