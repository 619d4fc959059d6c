#pragma once

/// \file
/// How long a container that keeps ending must wait before it is started again.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

#include <algorithm>
#include <string>

namespace berth::node {

/// The delays between restarts; the defaults are the kubelet's.
struct backoff_limits {
    duration base = seconds(10);
    duration cap = seconds(300);
    duration reset = minutes(10); ///< a run as long as this makes the next crash a first one
};

/// The back-off of one container (client-go 1.36 `util/flowcontrol/backoff.go` as the kubelet uses it): the
/// first restart comes at once, the next `base` after the end of the container, then twice that, up to `cap`.
class restart_backoff {
public:
    /// When a container that ended at `ended` may be started again.
    [[nodiscard]] auto ready_at(time_point ended, backoff_limits const& limits) const -> time_point {
        return expired(ended, limits) ? ended : ended + delay_;
    }
    /// Takes note of a restart.
    auto restarted(time_point ended, time_point now, backoff_limits const& limits) -> void {
        delay_ = expired(ended, limits) ? limits.base : std::min(delay_ * 2, limits.cap);
        last_ = now;
    }
    /// The present delay; zero before the first restart.
    [[nodiscard]] auto delay() const -> duration { return delay_; }

private:
    [[nodiscard]] auto expired(time_point ended, backoff_limits const& limits) const -> bool;

    duration delay_{};
    time_point last_{};
};

/// A span of time as Go prints it: `10s`, `1m20s`, `1h0m0s`, `1.5s`, `250ms`.
[[nodiscard]] BERTH_DECL auto go_duration(duration d) -> std::string;

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/backoff.ipp>
#endif
