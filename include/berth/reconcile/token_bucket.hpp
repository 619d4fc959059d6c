#pragma once

/// \file
/// How often something may happen, all in all: so many times at once, and so often in the long run.

#include <berth/core/assert.hpp>
#include <berth/core/time.hpp>

#include <algorithm>
#include <cstdint>

namespace berth::reconcile {

/// A rate with a reserve: client-go's `BucketRateLimiter` of controllers has these numbers.
struct rate_limit {
    double per_second = 10;   ///< more than 0
    std::int64_t burst = 100; ///< how many at once after a quiet time; at least 1

    friend auto operator==(rate_limit const&, rate_limit const&) -> bool = default;
};

/// A bucket of tokens (Go's `rate.Limiter`), as a value: no clock of its own, no thread. It begins full.
///
/// Laws: in any span of time `d` no more than `burst + per_second * d` reservations come due; a reservation
/// is never later than it must be for that; those made at the same moment come due in their order.
class token_bucket {
public:
    explicit token_bucket(rate_limit r = {})
        : each_(interval(r)), reserve_(each_ * (std::max<std::int64_t>(r.burst, 1) - 1)) {
        BERTH_ASSERT(r.per_second > 0 && r.burst >= 1,
                     "a token bucket needs a rate above 0 and a burst of at least 1");
    }

    /// Takes a token, now or in advance: answers how long to wait for it. A clock that is set back adds
    /// nothing and takes nothing.
    auto reserve(time_point now) -> duration {
        if (now < last_) due_ = due_ + (now - last_);
        last_ = now;
        // The next token would be there at `due_` if there were no reserve; it cannot be older than that.
        due_ = std::max(due_, now - reserve_);
        auto const wait = std::max(due_ - now, duration{});
        due_ = due_ + each_;
        return wait;
    }

private:
    static auto interval(rate_limit r) -> duration {
        return {static_cast<std::int64_t>(1e9 / (r.per_second > 0 ? r.per_second : 1) + 0.5)};
    }

    static constexpr auto long_ago = time_point{-(std::int64_t{1} << 62)};

    duration each_;
    duration reserve_; ///< of time, for all tokens of a full bucket but one
    time_point due_ = long_ago;
    time_point last_ = long_ago;
};

} // namespace berth::reconcile
