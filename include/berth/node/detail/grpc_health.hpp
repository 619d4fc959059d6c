#pragma once

/// \file
/// One question of the gRPC health protocol (`grpc.health.v1.Health/Check`) over HTTP/2, as bytes to send and
/// bytes that came: no socket, no threads. What the answer's headers say is not read: the message decides.

#include <berth/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace berth::node::detail {

class grpc_health_exchange {
public:
    /// What the answer comes to.
    struct verdict {
        bool healthy = false;
        std::string reason; ///< as the kubelet words it
    };

    /// Asks a server, which is called `authority`, how the service is; the empty one is the server as a
    /// whole.
    grpc_health_exchange(std::string_view authority, std::string_view service);

    /// What is to be sent; what was sent is taken off its front.
    [[nodiscard]] auto pending() const -> std::string_view { return outgoing_; }
    auto sent(std::size_t bytes) -> void { outgoing_.erase(0, bytes); }

    /// Takes what came. Keeps no more of it than one frame and the answer, which both have small limits.
    auto receive(std::string_view bytes) -> void;
    /// Nothing more comes.
    auto close() -> void;
    [[nodiscard]] auto outcome() const -> std::optional<verdict> const& { return outcome_; }

private:
    struct frame {
        std::uint8_t type = 0;
        std::uint8_t flags = 0;
        std::uint32_t stream = 0;
        std::string_view payload;
    };

    auto take(frame const& f) -> void;
    auto take_data(frame const& f) -> void;
    auto read_message() -> void;
    auto end_of_stream() -> void;
    auto fail(std::string reason) -> void { outcome_ = verdict{false, std::move(reason)}; }

    std::string outgoing_;
    std::string incoming_;
    std::string message_;
    std::optional<verdict> outcome_;
};

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/grpc_health.ipp>
#endif
