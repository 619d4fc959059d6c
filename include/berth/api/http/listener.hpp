#pragma once

/// \file
/// Listens on a loopback address and answers requests with a function. Its owner runs it.

#include <berth/api/http/detail/connection.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <stop_token>
#include <string>
#include <utility>

namespace berth::api::http {

/// An HTTP/1.1 server for loopback addresses. `open` it, then call `run` from one or several threads.
class listener {
public:
    /// Requests that wait (`request::waiting`) stop no others: where each of the threads that run the
    /// listener would wait, it starts another one, which ends with it.
    listener(request_handler handle, listen_options options);
    listener(listener const&) = delete;
    auto operator=(listener const&) -> listener& = delete;
    ~listener();

    /// Begins to listen; from now on clients can connect, and are answered while somebody runs the server.
    /// Errors: `invalid` for an address that is not a loopback address, `unavailable` if the port is taken.
    [[nodiscard]] auto open() -> result<void>;

    /// The port that it listens on.
    [[nodiscard]] auto port() const -> std::uint16_t;
    /// Host and port, e.g. `127.0.0.1:8080` or `[::1]:8080`.
    [[nodiscard]] auto address() const -> std::string;

    /// Answers requests until `stop`. May be called by several threads at once.
    auto run() -> void;
    /// The same until a stop is asked for.
    auto run(std::stop_token const& token) -> void;
    /// Does what can be done without waiting. For tests and for owners with a loop of their own.
    auto poll() -> void;

    /// Ends gracefully: listens no more, ends streams, and lets requests under way be answered, for three
    /// seconds at most. From any thread, more than once.
    auto stop() -> void;

    /// Appends figures in the Prometheus text format.
    auto append_metrics(std::string& out) const -> void;

private:
    using steady = std::chrono::steady_clock;

    [[nodiscard]] auto loopback_address() const -> result<detail::asio::ip::address>;

    auto pull_woken() -> void;

    auto accept() -> void;

    /// Out of file descriptors, most likely: some will be free again.
    auto accept_later() -> void;

    /// Every few seconds, closes connections that keep the server waiting.
    auto look_after() -> void;

    static auto deadline() -> steady::time_point;

    auto wait_for_last(steady::time_point until) -> void;

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

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/listener.ipp>
#endif
