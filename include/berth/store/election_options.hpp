#pragma once

/// \file
/// Who stands for election, for what, and in which rhythm.

#include <berth/core/error.hpp>
#include <berth/core/time.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/lease.hpp>

#include <cstdint>
#include <string>

namespace berth::store {

/// A candidature. The times are those that all of Kubernetes' components use (client-go
/// `tools/leaderelection`).
template <class V = std::string> struct election_options {
    std::string key{};                     ///< the leadership key
    V identity{};                          ///< the key's value while this candidate leads; not `V{}`
    duration lease = seconds(15);          ///< how long others wait after the leader's last sign of life
    duration renew_deadline = seconds(10); ///< how long a leader goes on without having renewed its lease
    duration retry_period = seconds(2);    ///< how often it renews it, and how long it waits after a failure
    std::uint64_t seed = 1;                ///< of the jitter; each candidate should have its own
};

/// Who is told of the beginning and the end of a leadership: plain functions and their context.
struct leadership_listener {
    void (*started)(void*, revision_number token) = nullptr; ///< leads from now on, with this fencing token
    /// Leads no more. Called once after each `started`, and once at the end of a campaign that never led.
    void (*stopped)(void*) = nullptr;
    void* context = nullptr;
};

/// A span in seconds, rounded up.
[[nodiscard]] constexpr auto whole_seconds(duration d) -> std::int64_t {
    constexpr auto second = std::int64_t{1'000'000'000};
    return d.nanoseconds / second + (d.nanoseconds % second > 0 ? 1 : 0);
}

/// Whether a candidature makes sense: the deadline must come before the lease's end, with time for more than
/// one attempt (client-go's `NewLeaderElector`). Errors: `invalid`.
template <class V> [[nodiscard]] auto check(election_options<V> const& o) -> result<void> {
    auto const no = [](char const* why) {
        return fail(error_code::invalid, std::string{"election: "} + why);
    };
    if (o.key.empty()) return no("the key must not be empty");
    if (o.identity == V{}) return no("the identity must not be empty");
    if (o.retry_period < nanoseconds(1)) return no("the retry period must be greater than 0");
    if (o.lease <= o.renew_deadline) return no("the lease must be longer than the renew deadline");
    if (whole_seconds(o.lease) > greatest_ttl) return no("the lease is longer than a store can grant");
    auto const least = static_cast<double>(o.retry_period.nanoseconds) * 1.2;
    if (static_cast<double>(o.renew_deadline.nanoseconds) <= least)
        return no("the renew deadline must be longer than 1.2 times the retry period");
    return {};
}

} // namespace berth::store
