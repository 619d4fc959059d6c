#pragma once

/// \file
/// One connection to one server: HTTP/1.1 over TCP or TLS, every step with a deadline.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/net/detail/byte_stream.hpp>
#include <berth/core/net/endpoint.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/none.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::net {

/// A whole HTTP answer.
struct http_answer {
    unsigned status = 0;
    std::string body{};
    boost::beast::http::fields fields{};
};

/// What became of one request: an answer, or the reason why there is none and whether it had left.
struct outcome {
    std::optional<http_answer> answer{};
    bool sent = false;
    std::string why{};
};

/// Whether a status is of an answer before the answer proper (100, 102, 103), which only says that it comes.
/// (101 is none of them: it ends the protocol.)
[[nodiscard]] constexpr auto is_interim(unsigned status) -> bool {
    return status >= 100 && status < 200 && status != 101;
}

/// How many interim answers are passed over before the answer to a request, as Go's client does; with more
/// there is none.
inline constexpr unsigned most_interim_answers = 5;

/// One connection. One thread at a time may use it.
class connection {
public:
    /// `tls` is for endpoints that want it.
    connection(endpoint const& where, tls_context* tls) : stream_(where, tls) {}
    connection(connection const&) = delete;
    auto operator=(connection const&) -> connection& = delete;
    ~connection() { stream_.close(); }

    /// Nothing, or why there is no connection.
    [[nodiscard]] auto connect(instant deadline) -> std::string { return stream_.connect(deadline); }

    /// Sends the requests ahead of the answers, which come in the same order. One outcome each.
    [[nodiscard]] auto exchange(std::span<std::string const> requests, instant deadline)
        -> std::vector<outcome>;

    /// Whether the other side has neither closed nor sent anything while the connection was idle.
    [[nodiscard]] auto is_fresh() -> bool;
    [[nodiscard]] auto is_usable() const -> bool { return usable_; }
    /// The socket, to wait for what it has to read.
    [[nodiscard]] auto descriptor() -> int { return stream_.tcp().socket().native_handle(); }
    [[nodiscard]] auto where() const -> endpoint const& { return stream_.where(); }

    // ---- a stream of messages, one JSON text a line

    /// Sends a request and reads the head of the endless answer. Returns the answer's status; a body that
    /// tells of an error is read whole.
    [[nodiscard]] auto open_stream(std::string const& request, instant deadline) -> outcome;

    /// The next line of the stream; nothing if there is none before the deadline, or if it has ended. A read
    /// under way goes on in the next call.
    [[nodiscard]] auto next_line(instant deadline) -> std::optional<std::string>;
    /// Lets a `next_line` under way, or else the next one, return at once. From any thread.
    auto wake() -> void;
    [[nodiscard]] auto has_ended() const -> bool;
    [[nodiscard]] auto why_ended() const -> std::string const& { return why_ended_; }

private:
    using response_parser = boost::beast::http::response_parser<boost::beast::http::string_body>;
    using stream_parser = boost::beast::http::response_parser<boost::beast::http::buffer_body>;

    struct exchange_state {
        std::vector<outcome> outcomes;
        std::optional<response_parser> parser{};
        std::size_t answered = 0;
        std::size_t written = 0;
        unsigned interim = 0; ///< answers in a row
        boost::system::error_code write_error{};
        boost::system::error_code read_error{};
        bool closing = false;
    };

    static auto buffers_of(std::span<std::string const> requests) -> std::vector<boost::asio::const_buffer>;

    /// Reads the answers, one after the other.
    auto read_next(exchange_state& work) -> void;

    /// Tells of each request without an answer whether it had left.
    auto settle(exchange_state& work, std::span<std::string const> requests) -> void;

    /// Runs until the read is done, somebody calls `wake`, or the deadline has passed. A deadline that has
    /// passed already is for what is there now.
    auto wait_until(instant deadline) -> void;

    auto read_some() -> void;

    detail::byte_stream stream_;
    boost::beast::flat_buffer buffer_{};
    std::optional<stream_parser> body_{};
    std::vector<char> chunk_ = std::vector<char>(16'384);
    std::string lines_{};
    std::size_t looked_at_ = 0;
    std::string why_ended_{};
    bool usable_ = true;
    bool reading_ = false;
    bool woken_ = false;
    bool ended_ = false;
};

} // namespace berth::net

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/net/connection.ipp>
#endif
