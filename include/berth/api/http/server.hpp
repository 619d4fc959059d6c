#pragma once

/// \file
/// The Kubernetes REST API over HTTP: what kubectl and the client libraries speak to. Loopback only; TLS and
/// authentication are not built yet.
///
///     auto front = http::server(api, {.listen = {.port = 8080}});
///     if (auto ok = front.open(); !ok) ...
///     auto thread = std::jthread([&](std::stop_token s) { front.run(s); });

#include <berth/api/http/listen_options.hpp>
#include <berth/api/http/service_options.hpp>
#include <berth/api/server.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

namespace berth::api::http {

/// Where to listen, and what to answer with.
struct server_options {
    listen_options listen;
    service_options service;
};

/// An API server's network front. Call `run` from one or several threads; more are started only for requests
/// that wait for webhooks. The API server must outlive it.
class server {
public:
    explicit server(api::server& api, server_options options = {});
    server(server const&) = delete;
    auto operator=(server const&) -> server& = delete;
    ~server();

    /// Begins to listen. Errors: see `listener::open`.
    [[nodiscard]] auto open() -> result<void>;
    [[nodiscard]] auto port() const -> std::uint16_t;
    /// Where clients find it, e.g. `http://127.0.0.1:8080`.
    [[nodiscard]] auto url() const -> std::string;

    /// Answers requests until `stop`. May be called by several threads at once.
    auto run() -> void;
    /// The same until a stop is asked for.
    auto run(std::stop_token const& token) -> void;
    /// Does what can be done without waiting.
    auto poll() -> void;
    /// Ends gracefully, see `listener::stop`.
    auto stop() -> void;

private:
    struct parts;

    std::unique_ptr<parts> parts_;
};

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/server.ipp>
#endif
