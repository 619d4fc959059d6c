#pragma once

/// \file
/// Probes over the network without blocking: a connection, a GET request and the first line of its answer, or
/// a question of the gRPC health protocol. And pauses, which are as little of a process.

#include <berth/core/config.hpp>
#include <berth/core/descriptor.hpp>
#include <berth/node/detail/grpc_health.hpp>
#include <berth/node/runtime.hpp>

#include <cstring>

namespace berth::node::detail {

/// An action under way that is no command. Hosts are addresses, `localhost` or empty (this machine): names
/// are not resolved, because that would block.
class network_action {
public:
    struct outcome {
        int exit_code = 0;
        std::string output;
    };

    network_action(action const& what, time_point now);

    /// Goes as far as it can; answers when it is over.
    auto advance(time_point now) -> std::optional<outcome>;

    /// The action fails at its next step.
    auto cancel() -> void { problem_ = "timed out"; }

private:
    static auto text_of(int number) -> std::string {
        char buffer[128];
        return ::strerror_r(number, buffer, sizeof buffer);
    }

    auto connect(std::string const& host, std::uint16_t port) -> void;

    auto request_text(http_action const& http) const -> std::string;

    auto send() -> bool;

    auto receive() -> std::optional<outcome>;

    auto ask_health() -> std::optional<outcome>;

    descriptor socket_;
    std::string where_;
    std::string request_;
    std::string answer_;
    std::string problem_;
    std::size_t sent_ = 0;
    bool connected_ = false;
    std::optional<grpc_health_exchange> health_;
    std::optional<time_point> pause_until_;
};

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/network_action.ipp>
#endif
