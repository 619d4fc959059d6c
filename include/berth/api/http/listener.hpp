#pragma once

/// \file
/// Listens on a loopback address and answers requests with a function. Starts no thread: its owner runs it.

#include <berth/api/http/detail/connection.hpp>
#include <berth/core/error.hpp>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

namespace berth::api::http {

/// An HTTP/1.1 server for loopback addresses. `open` it, then call `run` from one or several threads.
class listener {
public:
    listener(request_handler handle, listen_options options)
        : hub_(std::move(options), std::move(handle), [this] { pull_woken(); }) {}
    listener(listener const&) = delete;
    auto operator=(listener const&) -> listener& = delete;
    ~listener() { hub_.close_ears(); }

    /// Begins to listen; from now on clients can connect, and are answered while somebody runs the server.
    /// Errors: `invalid` for an address that is not a loopback address, `unavailable` if the port is taken.
    [[nodiscard]] auto open() -> result<void> {
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
                                                     std::to_string(hub_.options.port) + ": " +
                                                     failed.message());
        accept();
        look_after();
        return {};
    }

    /// The port that it listens on.
    [[nodiscard]] auto port() const -> std::uint16_t {
        auto failed = boost::system::error_code();
        return acceptor_.local_endpoint(failed).port();
    }
    /// Host and port, e.g. `127.0.0.1:8080` or `[::1]:8080`.
    [[nodiscard]] auto address() const -> std::string {
        auto failed = boost::system::error_code();
        auto const endpoint = acceptor_.local_endpoint(failed);
        auto const host = endpoint.address().to_string();
        return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
    }

    /// Answers requests until `stop`. May be called by several threads at once.
    auto run() -> void { io_.run(); }
    /// The same until a stop is asked for.
    auto run(std::stop_token const& token) -> void {
        auto const stopped = std::stop_callback(token, [this] { stop(); });
        run();
    }
    /// Does what can be done without waiting. For tests and for owners with a loop of their own.
    auto poll() -> void { io_.poll(); }

    /// Ends gracefully: listens no more, ends streams, and lets requests under way be answered, for three
    /// seconds at most. From any thread, more than once.
    auto stop() -> void {
        if (hub_.stopping.exchange(true)) return;
        detail::asio::post(strand_, [this] {
            auto ignored = boost::system::error_code();
            acceptor_.close(ignored);
            sweep_.cancel();
            for (auto const& c : hub_.all()) c->stop();
            wait_for_last(deadline());
        });
    }

    /// Appends figures in the Prometheus text format.
    auto append_metrics(std::string& out) const -> void {
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

private:
    using steady = std::chrono::steady_clock;

    [[nodiscard]] auto loopback_address() const -> result<detail::asio::ip::address> {
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

    auto pull_woken() -> void {
        detail::asio::post(io_, [this] {
            for (auto const& c : hub_.take_woken()) c->pull_woken();
        });
    }

    auto accept() -> void {
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

    /// Out of file descriptors, most likely: some will be free again.
    auto accept_later() -> void {
        retry_.expires_after(std::chrono::milliseconds(50));
        retry_.async_wait([this](boost::system::error_code cancelled) {
            if (!cancelled && acceptor_.is_open()) accept();
        });
    }

    /// Every few seconds, closes connections that keep the server waiting.
    auto look_after() -> void {
        sweep_.expires_after(std::chrono::seconds(2));
        sweep_.async_wait([this](boost::system::error_code cancelled) {
            if (cancelled || hub_.stopping) return;
            for (auto const& c : hub_.all()) c->check_patience();
            look_after();
        });
    }

    static auto deadline() -> steady::time_point { return steady::now() + std::chrono::seconds(3); }

    auto wait_for_last(steady::time_point until) -> void {
        if (hub_.count() == 0) return;
        if (steady::now() >= until) return io_.stop();
        retry_.expires_after(std::chrono::milliseconds(10));
        retry_.async_wait([this, until](boost::system::error_code) { wait_for_last(until); });
    }

    using executor = detail::connection_executor;
    using acceptor = detail::asio::basic_socket_acceptor<detail::asio::ip::tcp, executor>;
    using timer = detail::asio::basic_waitable_timer<steady, detail::asio::wait_traits<steady>, executor>;

    detail::hub hub_; // outlives the connections, which `io_` may still hold
    detail::asio::io_context io_;
    executor strand_{io_.get_executor()}; // of the listener's own work
    acceptor acceptor_{strand_};
    timer sweep_{strand_};
    timer retry_{strand_};
};

} // namespace berth::api::http
