#pragma once

/// \file
/// Calls of etcd: which member is asked, what is tried again, and what an outcome means.

#include <berth/core/chrono.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/net/endpoint.hpp>
#include <berth/core/net/pool.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/grpc_connection.hpp>
#include <berth/store/etcd/options.hpp>
#include <berth/store/etcd/protocol.hpp>
#include <berth/store/etcd/refusal.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// Whether a request may be repeated when nobody knows whether it was done.
enum class effect : std::uint8_t { read, write };

/// A request: what is called, and a message.
struct etcd_call {
    std::string_view method;
    std::string message;
};

/// Asks the members of a cluster. Thread-safe.
class etcd_client {
public:
    using answer = result<std::string>; ///< the message of a success
    using connections = net::basic_pool<grpc_connection>;

    etcd_client(std::vector<net::endpoint> members, std::unique_ptr<net::tls_context> tls,
                etcd_options const& o)
        : pool(std::move(members), std::move(tls), o.max_connections),
          user_(o.user),
          password_(o.password),
          patience_(to_chrono(o.deadline)) {}

    [[nodiscard]] auto deadline() const -> net::instant;

    /// One call. Errors: `unavailable` (nothing was done), `timeout` (a write that may have been done), and
    /// what etcd says.
    [[nodiscard]] auto ask(effect kind, std::string_view method, std::string_view message) -> answer;

    /// Calls that are done in order: each is sent when the one before it has its answer, since etcd would do
    /// them in any order. After one whose outcome is unknown, or that nobody could be asked, those that
    /// follow are not sent: they are `unavailable`.
    [[nodiscard]] auto ask(effect kind, std::span<etcd_call const> calls) -> std::vector<answer>;

    /// A stream of messages from one member, of which the first has come, outside of the pool, not tried
    /// elsewhere. Errors: `unavailable`, and what etcd says.
    [[nodiscard]] auto stream(std::size_t member, std::string_view method, std::string_view message,
                              net::instant until) -> result<connections::handle>;

    /// Whether a member's process answers at all.
    [[nodiscard]] auto is_alive(std::size_t member, net::instant until) -> bool;
    /// The version of a member, like "3.4.23".
    [[nodiscard]] auto get_version(std::size_t member, net::instant until) -> result<std::string>;

    /// The version of the first member that answers.
    [[nodiscard]] auto version() -> result<std::string>;

    /// Gets a new token from a member after one was refused. False without a user.
    [[nodiscard]] auto renew_token(std::size_t member, net::instant until) -> bool;
    /// Gets a first token, if there is a user.
    [[nodiscard]] auto log_in() -> result<void>;

    connections pool;

private:
    struct task {
        effect kind;
        std::string_view method;
        std::string_view message;
        net::instant deadline;
        std::vector<bool> tried{}; ///< by member
        std::size_t attempts_left = 1;
        bool renewed = false;
        std::string why{};       ///< the last failure
        bool is_settled = false; ///< etcd has said what became of it
        answer outcome{};
    };

    [[nodiscard]] static auto unreachable(std::string const& why) -> std::unexpected<error>;

    /// Tries until there is an outcome.
    auto run(task& job) -> void;

    /// Sends a call to one member. False if there is nothing more to try.
    auto attempt(task& job) -> bool;

    /// Takes over an outcome, unless another attempt may better it. False to give up.
    auto settle(task& job, std::size_t member, grpc_outcome outcome, std::string const& key) -> bool;

    /// Whether another attempt, at another member or with another token, may go better.
    auto better_elsewhere(task& job, std::size_t member, refusal const& refused, std::string const& key)
        -> bool;

    [[nodiscard]] static auto lost(std::string const& why) -> std::unexpected<error>;

    /// Until when one member may take: no longer than leaves time for those not tried yet.
    [[nodiscard]] static auto share_of(task const& job) -> net::instant;

    /// One call of one member, tried once.
    [[nodiscard]] auto call_at(std::size_t member, grpc_request const& request, net::instant until)
        -> grpc_outcome;

    [[nodiscard]] auto credentials() const -> std::string;
    [[nodiscard]] auto token() -> std::string;
    [[nodiscard]] auto set_token(std::string_view message) -> result<void>;

    /// Gets a new token in place of `old`, unless another thread has.
    auto renew(std::size_t member, std::string const& old, net::instant until) -> bool;

    std::string user_;
    std::string password_;
    net::steady_clock::duration patience_;
    std::mutex mutex_; ///< guards `token_`
    std::string token_{};
};

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/client.ipp>
#endif
