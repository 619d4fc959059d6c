#pragma once

/// \file
/// One client's connection: reads requests, writes answers, and keeps streams flowing (HTTP/1.1, RFC 9112).

#include <berth/api/http/detail/hub.hpp>
#include <berth/api/http/origin.hpp>
#include <berth/api/http/status.hpp>
#include <berth/core/config.hpp>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace berth::api::http::detail {

namespace asio = boost::asio;
namespace beast = boost::beast;

using connection_executor = asio::strand<asio::io_context::executor_type>;
using connection_socket = asio::basic_stream_socket<asio::ip::tcp, connection_executor>;

/// A connection. It lives as long as an operation on its socket is under way; all its members are used on its
/// strand only. Requests that are sent ahead of their answers are answered in order.
class connection : public std::enable_shared_from_this<connection> {
public:
    connection(connection_socket socket, hub& shared)
        : socket_(std::move(socket)), timer_(socket_.get_executor()), hub_(shared) {}
    connection(connection const&) = delete;
    auto operator=(connection const&) -> connection& = delete;

    auto start() -> void;

    /// Sends what there may be to stream. From any thread.
    auto pull_woken() -> void;

    /// Closes the connection if its client keeps it waiting for too long. From any thread.
    auto check_patience() -> void;

    /// Ends the stream, closes an idle connection, and lets a request under way be the last one. From any
    /// thread.
    auto stop() -> void;

private:
    using clock = std::chrono::steady_clock;
    using error_code = boost::system::error_code;
    enum class state : std::uint8_t { idle, reading, handling, writing, streaming, draining, closed };

    auto enter(state s) -> void;

    auto out_of_patience() const -> bool;

    // ---- requests
    // -----------------------------------------------------------------------------------------------

    auto next_request() -> void;

    auto read() -> void;

    auto parse() -> void;

    static constexpr std::size_t max_framing = 16U * 1024; ///< bytes of chunk sizes, extensions and trailers,
    static constexpr std::size_t framing_per_byte = 8;     ///< and as many more for each byte of the body

    /// Whether a request that is still being read is about everything but its body: neither the extensions of
    /// chunks nor trailers have a limit of their own.
    auto is_mostly_framing() const -> bool;

    auto wants_continue() const -> bool;

    auto say_continue() -> void;

    /// Answers what is not HTTP, or too much of it. The connection ends with it.
    auto refuse(error_code why) -> void;

    static auto view(beast::string_view text) -> std::string_view { return {text.data(), text.size()}; }

    auto handle() -> void;

    /// Refuses what a browser sends on behalf of somebody else.
    auto turn_away(unsigned status, std::string_view why) -> void;

    auto ask(request const& q) const -> answer;

    // ---- answers
    // ------------------------------------------------------------------------------------------------

    auto count(unsigned status) const -> void {
        hub_.figures.answers[status / 100 % 6].fetch_add(1, std::memory_order_relaxed);
    }

    auto respond(response out) -> void;

    /// Says that nothing more will come, and waits for the client to see it: closing at once could destroy
    /// the answer while the client still sends.
    auto drain() -> void;

    auto close() -> void;

    // ---- streams
    // ------------------------------------------------------------------------------------------------

    auto begin_stream(stream s) -> void;

    /// There may be something to stream. From any thread; many calls may have the effect of one.
    static auto wake(void* self) -> void {
        auto& c = *static_cast<connection*>(self);
        if (!c.woken_.exchange(true)) c.hub_.wake(&c);
    }

    auto respond_head() -> void;

    /// Notices that the client has gone.
    auto watch_for_end() -> void;

    auto elapsed() const -> std::uint64_t;

    static constexpr std::size_t size_digits = 8;

    /// Makes a chunk of what is behind the place kept for its size; nothing if there is nothing.
    auto seal_chunk() -> void;

    /// Sends what there is, if nothing is being sent: whatever comes meanwhile goes into the next write.
    auto pull() -> void;

    auto send() -> void;

    /// Waits for a signal, and no longer than until `at`.
    auto rest(std::uint64_t at) -> void;

    connection_socket socket_;
    asio::basic_waitable_timer<clock, asio::wait_traits<clock>, connection_executor> timer_;
    hub& hub_;
    state state_ = state::idle;
    clock::time_point since_ = clock::now();
    std::atomic<bool> woken_{false};

    beast::flat_buffer buffer_;
    std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
    std::size_t taken_ = 0; ///< bytes of the request that are read
    bool continued_ = false;
    bool keep_alive_ = true;
    bool old_protocol_ = false;
    bool head_only_ = false;
    std::string head_;
    std::string body_;

    std::optional<stream> stream_;
    clock::time_point begun_{};
    bool writing_ = false;
    bool finished_ = false;
    std::uint64_t timer_at_ = 0;
};

} // namespace berth::api::http::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/detail/connection.ipp>
#endif
