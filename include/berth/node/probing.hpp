#pragma once

/// \file
/// Probes: when to ask, and what the answers add up to (kubelet 1.36, `prober/worker.go`). Pure; the asking
/// is done by a runtime.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/container.hpp>
#include <berth/node/runtime.hpp>

#include <optional>
#include <string>

namespace berth::node {

/// What a run of something in a container is for.
enum class role : std::uint8_t { container, startup, readiness, liveness, post_start, pre_stop };

/// The name of a kind of probe in events.
[[nodiscard]] constexpr auto to_string(role r) -> std::string_view {
    switch (r) {
    case role::container: return "Container";
    case role::startup: return "Startup";
    case role::readiness: return "Readiness";
    case role::liveness: return "Liveness";
    case role::post_start: return "PostStart";
    case role::pre_stop: return "PreStop";
    }
    return "";
}

/// A container's probe of a kind, or null.
[[nodiscard]] BERTH_DECL auto probe_of(kube::container const& c, role r) -> kube::probe const*;

/// The course of one probe of one incarnation of a container.
class probe_course {
public:
    /// Begins when the container starts.
    auto begin(kube::probe const& p, time_point started) -> void {
        *this = {};
        next_ = started + seconds(p.initial_delay_seconds);
    }
    [[nodiscard]] auto under_way() const -> std::optional<container_id>;
    /// When something is to be done: ask, or give up waiting for the answer.
    [[nodiscard]] auto due() const -> time_point { return asked_ ? deadline_ : next_; }

    /// Takes note that the container was asked; nothing as id: it could not be asked.
    auto ask(kube::probe const& p, std::optional<container_id> id, time_point now) -> void;
    /// Takes note that nobody waits for the answer any more; it will be a failure.
    auto give_up() -> void {
        overdue_ = true;
        deadline_ = next_;
    }
    [[nodiscard]] auto overdue() const -> bool { return overdue_; }

    /// Takes an answer; says what it makes of the whole, if that is now settled: true, false or still
    /// nothing.
    auto answer(kube::probe const& p, bool success) -> std::optional<bool>;

private:
    std::optional<container_id> asked_;
    time_point deadline_{};
    time_point next_{};
    bool overdue_ = false;
    int successes_ = 0;
    int failures_ = 0;
};

namespace detail {

[[nodiscard]] BERTH_DECL auto port_of(kube::container const& c, object::int_or_string const& port)
    -> std::uint16_t;

/// The part that probes and hooks have in common. `pod_ip` is no real address where processes share the
/// machine's network: an empty host means the machine.
template <class Handler>
[[nodiscard]] auto action_of(kube::container const& c, Handler const& h) -> std::optional<action> {
    if (h.exec) return exec_action{h.exec->command};
    if (h.tcp_socket) return tcp_action{h.tcp_socket->host, port_of(c, h.tcp_socket->port)};
    if constexpr (requires { h.grpc; })
        if (h.grpc)
            return grpc_action{{},
                               static_cast<std::uint16_t>(h.grpc->port),
                               h.grpc->service ? *h.grpc->service : std::string()};
    if constexpr (requires { h.sleep; })
        if (h.sleep) return pause_action{seconds(h.sleep->seconds)};
    if (!h.http_get) return std::nullopt;
    auto out = http_action{h.http_get->host, port_of(c, h.http_get->port), h.http_get->path, {}};
    for (auto const& header : h.http_get->http_headers) out.headers.emplace_back(header.name, header.value);
    return out;
}

} // namespace detail

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/probing.ipp>
#endif
