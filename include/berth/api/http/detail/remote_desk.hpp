#pragma once

/// \file
/// The connections of a `remote`: requests, each with a deadline, and streams of events.

#include <berth/api/http/detail/remote_request.hpp>
#include <berth/core/config.hpp>
#include <berth/core/net/pool.hpp>
#include <berth/core/net/readiness.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::api::http {

/// Where a server is, and how to speak to it.
struct remote_options {
    std::string url;                  ///< `http://host:port` or `https://host:port`
    std::string token = {};           ///< a bearer token; empty: none
    net::tls_files tls = {};          ///< for `https`
    duration deadline = seconds(30);  ///< for every request, with all that it tries
    duration watch_for = minutes(5);  ///< after this time watches are opened anew
    std::size_t max_connections = 32; ///< kept alive and shared by all threads; watches have their own
    std::string user_agent = "berth";
};

} // namespace berth::api::http

namespace berth::api::http::detail {

/// Asks a server. Thread-safe.
class remote_desk {
public:
    remote_desk(shared_registry kinds, net::endpoint where, std::unique_ptr<net::tls_context> tls,
                remote_options options);

    /// Whether a request may be sent again when nobody knows whether it was done.
    enum class effect : std::uint8_t { read, write };

    /// Sends requests ahead on one connection; one answer each, in order. Errors: `unavailable` (nothing was
    /// done), `timeout` (a write that may have been done). Answers of any status are no errors.
    [[nodiscard]] auto ask(effect kind, std::span<remote_request const> requests)
        -> std::vector<result<net::http_answer>>;
    /// One request that reads: the JSON of a success. Errors: those of the server too.
    [[nodiscard]] auto read(remote_request const& request) -> result<boost::json::value>;
    /// A connection whose answer does not end. Errors: as `read`.
    [[nodiscard]] auto open(remote_request const& request) -> result<net::pool::handle>;

    [[nodiscard]] auto reader() const -> answer_reader { return answer_reader(kinds_.snapshot()); }
    [[nodiscard]] auto waiting() -> net::readiness& { return readiness_; }
    [[nodiscard]] auto changed() -> wake_signal& { return readiness_.any(); }
    [[nodiscard]] auto options() const -> remote_options const& { return options_; }
    [[nodiscard]] auto url() const -> std::string const& { return options_.url; }

private:
    struct task;

    [[nodiscard]] auto text_of(remote_request const& r) const -> std::string;
    [[nodiscard]] auto deadline() const -> net::instant;
    auto attempt(task& job) -> bool;

    shared_registry kinds_;
    remote_options options_;
    std::string authority_;
    net::pool pool_;
    net::readiness readiness_;
};

/// The events of one watch.
class remote_stream {
public:
    remote_stream(remote_desk& desk, object::resource_name const& of, net::pool::handle connection)
        : of_(&of), connection_(std::move(connection)), ticket_(desk.waiting(), connection_->descriptor()) {}

    auto next(remote_desk& desk) -> result<std::optional<watch_event>>;
    auto on_wake(waker w) -> void;

private:
    object::resource_name const* of_;
    net::pool::handle connection_;
    net::readiness::ticket ticket_;
    wake_signal::subscription woken_;
};

} // namespace berth::api::http::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/detail/remote_desk.ipp>
#endif
