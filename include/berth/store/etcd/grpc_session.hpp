#pragma once

/// \file
/// gRPC over HTTP/2 as bytes to send and bytes that came: no socket, no threads, one call at a time. Frames,
/// header compression and windows are libnghttp2's; gRPC is that of its `PROTOCOL-HTTP2`.

#include <berth/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct nghttp2_session;

namespace berth::store::detail {

/// What is called, with its one message.
struct grpc_request {
    std::string_view method{};  ///< like "/etcdserverpb.KV/Range"
    std::string_view message{}; ///< in protobuf
    std::string_view token{};   ///< of the user who asks; empty: of none
    bool goes_on = false;       ///< a stream, which this side does not end
    bool needs_leader = false;  ///< a member that has lost its leader says so, instead of keeping silent
};

/// How a call ended, as the server says.
struct grpc_status {
    std::int64_t code = 0; ///< 0: all is well
    std::string message{};
};

/// One end of a connection, the client's. Whatever comes, it keeps no more of it than a chunk of what was
/// received and the messages that were not taken yet, which have a limit in all.
class grpc_session {
public:
    /// The greatest size of the messages that wait to be taken.
    static constexpr std::size_t greatest_backlog = std::size_t{1} << 30U;

    /// Speaks to `authority` ("host:port") by `scheme` ("http", "https").
    grpc_session(std::string_view scheme, std::string_view authority);
    grpc_session(grpc_session const&) = delete;
    auto operator=(grpc_session const&) -> grpc_session& = delete;
    ~grpc_session() = default;

    /// Begins a call. The one before it, if any, has ended.
    auto start(grpc_request const& request) -> void;
    /// Whether another call may be begun.
    [[nodiscard]] auto is_usable() const -> bool;

    /// What is to be sent. It stays where it is until `sent`.
    [[nodiscard]] auto pending() -> std::string_view;
    /// So much of what was pending has left; with more or less, this is to be told before `pending` again.
    auto sent(std::size_t bytes) -> void;
    /// Takes what came.
    auto receive(std::string_view bytes) -> void;
    /// Nothing more comes.
    auto close(std::string_view why) -> void;

    // ---- the call

    [[nodiscard]] auto has_message() const -> bool { return !call_.messages.empty(); }
    /// The next message of the answer; nothing if none has come.
    [[nodiscard]] auto take_message() -> std::optional<std::string>;
    /// Whether no more messages come.
    [[nodiscard]] auto has_ended() const -> bool { return call_.ended; }
    /// How it ended; nothing if it broke off, or has not ended.
    [[nodiscard]] auto status() const -> std::optional<grpc_status> const& { return call_.status; }
    /// Why it broke off.
    [[nodiscard]] auto why() const -> std::string const& { return call_.why; }
    /// Whether all of the request has left, and the server did not say that it left it undone.
    [[nodiscard]] auto was_sent() const -> bool;

private:
    struct callbacks;
    struct closer {
        auto operator()(nghttp2_session* session) const -> void;
    };
    struct call {
        std::int32_t stream = 0;
        std::string request{}; ///< with the head that gRPC wants
        std::size_t taken = 0; ///< of the request, into frames
        bool is_whole = false; ///< all of it has been put into what is to be sent
        std::size_t end = 0;   ///< where it ends in all that is sent; 0 until that is known
        bool goes_on = false;
        bool refused = false; ///< the server said that it did nothing
        std::string head{};   ///< of the message that is coming
        std::string body{};
        std::size_t wanted = 0; ///< of the body
        std::deque<std::string> messages{};
        std::size_t backlog = 0; ///< the size of the messages and the body
        unsigned http_status = 0;
        std::string code{};   ///< `grpc-status`
        std::string reason{}; ///< `grpc-message`
        bool ended = true;
        std::optional<grpc_status> status{};
        std::string why{};
    };

    /// Moves frames to what is pending.
    auto fill() -> void;
    auto take_header(std::string_view name, std::string_view value) -> void;
    auto take_data(std::string_view bytes) -> void;
    /// The answer is over; what it means.
    auto end_call() -> void;
    auto break_off(std::string why) -> void;
    /// Breaks off because of what the server sent.
    auto give_up(std::string why) -> void;

    std::unique_ptr<nghttp2_session, closer> session_;
    std::string scheme_;
    std::string authority_;
    std::string outgoing_{};
    std::size_t gone_ = 0;   ///< of `outgoing_`
    std::size_t filled_ = 0; ///< all that was ever put there
    std::size_t left_ = 0;   ///< all that was ever sent
    bool closed_ = false;
    call call_{};
};

/// A message of a status as it was before it was made a header: gRPC writes some bytes as `%` and two digits.
[[nodiscard]] BERTH_DECL auto percent_decoded(std::string_view text) -> std::string;

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/grpc_session.ipp>
#endif
