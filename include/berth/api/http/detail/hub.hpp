#pragma once

/// \file
/// What the connections of a listener share: limits, figures, and the way to reach all of them.

#include <berth/api/http/detail/stand_ins.hpp>
#include <berth/api/http/listen_options.hpp>
#include <berth/api/http/message.hpp>
#include <berth/core/config.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::api::http {

/// Answers a request. Called from the threads that run the server, several at once if there are several. One
/// that waits for others than the store takes a place in `request::waiting` meanwhile.
using request_handler = std::function<answer(request const&)>;

namespace detail {

class connection;

/// Figures for `/metrics`.
struct traffic {
    std::atomic<std::uint64_t> answers[6] = {}; ///< by the first digit of their status
    std::atomic<std::uint64_t> streams{0};      ///< open now
};

/// The shared state. Connections hold it by reference; the listener outlives them.
struct hub {
    listen_options const options;
    request_handler const handle;
    /// Lets one of the threads that run the listener call `take_woken` soon. Called with the hub locked.
    std::function<void()> const look_at_woken;
    traffic figures;
    std::atomic<bool> stopping{false};
    stand_ins waiting;

    hub(listen_options o, request_handler h, std::function<void()> look, std::function<void()> work)
        : options(std::move(o)),
          handle(std::move(h)),
          look_at_woken(std::move(look)),
          waiting(options.max_waiting, std::move(work)) {}

    auto add(std::shared_ptr<connection> const& c) -> void;
    /// Forgets a connection; whether it was the last one.
    auto forget(connection* c) -> bool;
    /// Notes that a connection may have something to stream. From any thread, while the connection lives.
    auto wake(connection* c) -> void;
    /// The connections that were woken and are still there.
    [[nodiscard]] auto take_woken() -> std::vector<std::shared_ptr<connection>>;
    /// Hears of nothing any more: the listener ends.
    auto close_ears() -> void;
    [[nodiscard]] auto count() const -> std::size_t;
    [[nodiscard]] auto all() const -> std::vector<std::shared_ptr<connection>>;

private:
    mutable std::mutex mutex_;
    std::unordered_map<connection*, std::weak_ptr<connection>> connections_;
    std::vector<connection*> woken_; ///< perhaps gone since
    bool deaf_ = false;
};

} // namespace detail

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/detail/hub.ipp>
#endif
