#pragma once

/// \file
/// The bodies of `berth/node/probing.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/probing.hpp>

namespace berth::node {

BERTH_DECL auto probe_of(kube::container const& c, role r) -> kube::probe const* {
    if (r == role::startup) return c.startup_probe.get();
    if (r == role::readiness) return c.readiness_probe.get();
    return c.liveness_probe.get();
}

BERTH_DECL auto probe_course::under_way() const -> std::optional<container_id> { return asked_; }

BERTH_DECL auto probe_course::ask(kube::probe const& p, std::optional<container_id> id, time_point now)
    -> void {
    asked_ = id;
    deadline_ = now + seconds(p.timeout_seconds > 0 ? p.timeout_seconds : 1);
    next_ = now + seconds(p.period_seconds > 0 ? p.period_seconds : 10);
    overdue_ = false;
}

BERTH_DECL auto probe_course::answer(kube::probe const& p, bool success) -> std::optional<bool> {
    asked_.reset();
    successes_ = success ? successes_ + 1 : 0;
    failures_ = success ? 0 : failures_ + 1;
    if (success && successes_ >= (p.success_threshold > 0 ? p.success_threshold : 1)) return true;
    if (!success && failures_ >= (p.failure_threshold > 0 ? p.failure_threshold : 3)) return false;
    return std::nullopt;
}

} // namespace berth::node

namespace berth::node::detail {

BERTH_DECL auto port_of(kube::container const& c, object::int_or_string const& port) -> std::uint16_t {
    if (port.is_number()) return static_cast<std::uint16_t>(port.number());
    for (auto const& p : c.ports)
        if (p.name == port.text()) return static_cast<std::uint16_t>(p.port);
    return 0;
}

} // namespace berth::node::detail
