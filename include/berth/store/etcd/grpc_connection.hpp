#pragma once

/// \file
/// One connection to one member of an etcd: gRPC over TCP or TLS, every step with a deadline, on the caller's
/// thread.

#include <berth/core/config.hpp>
#include <berth/core/net/connection.hpp>
#include <berth/core/net/endpoint.hpp>
#include <berth/store/etcd/grpc_session.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace berth::store::detail {

/// What became of one call.
struct grpc_outcome {
    std::optional<grpc_status> status{}; ///< nothing: there is no answer
    std::string message{};               ///< the answer, if all is well
    bool sent = false;                   ///< whether all of the request had left
    std::string why{};                   ///< there is no answer
};

/// One connection, with one call at a time. One thread at a time may use it.
class grpc_connection {
public:
    /// `tls` is for endpoints that want it.
    grpc_connection(net::endpoint const& where, net::tls_context* tls) : stream_(where, tls) {}
    grpc_connection(grpc_connection const&) = delete;
    auto operator=(grpc_connection const&) -> grpc_connection& = delete;
    ~grpc_connection() { stream_.close(); }

    /// Nothing, or why there is no connection.
    [[nodiscard]] auto connect(net::instant deadline) -> std::string;

    /// One request and its one answer. Where that has not come by the deadline, the connection is not usable
    /// any more.
    [[nodiscard]] auto call(grpc_request const& request, net::instant deadline) -> grpc_outcome;

    /// Whether the other side has not closed while the connection was idle.
    [[nodiscard]] auto is_fresh() -> bool;
    [[nodiscard]] auto is_usable() const -> bool { return !broken_ && session_->is_usable(); }

    // ---- a stream of answers

    /// Begins a call of many answers, and waits for the first. False if it has not come.
    [[nodiscard]] auto open_stream(grpc_request const& request, net::instant deadline) -> bool;

    /// The next answer; nothing if there is none before the deadline, or if the stream has ended. A deadline
    /// that has passed already is for what is there now.
    [[nodiscard]] auto next_message(net::instant deadline) -> std::optional<std::string>;
    /// Lets a `next_message` under way, or else the next one, return at once. From any thread.
    auto wake() -> void;
    [[nodiscard]] auto has_ended() const -> bool { return session_->has_ended() && !session_->has_message(); }
    /// How the stream ended; nothing if it broke off.
    [[nodiscard]] auto status() const -> std::optional<grpc_status> const& { return session_->status(); }
    /// Why it broke off, if it did.
    [[nodiscard]] auto why_ended() const -> std::string const& { return session_->why(); }

private:
    static constexpr auto most_when_late = 256; ///< operations: what is there at the deadline, but no flood

    /// Sends what is to be sent and takes what comes, until `done()` or the deadline.
    template <class Done> auto run_until(net::instant deadline, Done done) -> void {
        auto& io = stream_.io();
        for (auto late = 0; late < most_when_late && !done();) {
            read_on();
            write_on();
            io.restart(); // it stops whenever nothing is under way
            auto const is_late = deadline <= net::steady_clock::now();
            if ((is_late ? io.poll_one() : io.run_one_until(deadline)) == 0) return;
            late += is_late ? 1 : 0;
        }
    }
    auto read_on() -> void;
    auto write_on() -> void;

    net::detail::byte_stream stream_;
    std::optional<grpc_session> session_{};
    std::vector<char> chunk_ = std::vector<char>(65'536);
    bool reading_ = false;
    bool writing_ = false;
    bool broken_ = false; ///< it cannot be read or written any more, or an answer is outstanding
    bool woken_ = false;
};

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/grpc_connection.ipp>
#endif
