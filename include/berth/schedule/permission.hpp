#pragma once

/// \file
/// What `.permit` answers, the last word before a task is bound, and `.pre_bind`. Now, not, or wait.

#include <berth/core/time.hpp>
#include <berth/schedule/verdict.hpp>

#include <string>
#include <utility>

namespace berth::schedule {

/// The answer of `.permit` and `.pre_bind`. A verdict is one: `accept` permits, a refusal denies. `wait_for`
/// holds the task, with its reservation, at most for a while: until somebody allows or denies it, or until
/// `.pre_bind` is asked again and does not wait any more.
class permission {
public:
    constexpr permission(verdict says) : says_(std::move(says)) {} // NOLINT(google-explicit-constructor)
    constexpr permission(duration limit, std::string why)
        : says_(reject(std::move(why))), limit_(limit), waits_(true) {}

    [[nodiscard]] constexpr auto permits() const -> bool { return !waits_ && says_.accepted(); }
    [[nodiscard]] constexpr auto waits() const -> bool { return waits_; }
    /// How long it waits at most.
    [[nodiscard]] constexpr auto limit() const -> duration { return limit_; }
    /// Why it does not permit, or for what it waits.
    [[nodiscard]] constexpr auto why() const -> std::string { return says_.text(); }

private:
    verdict says_; ///< why, if it waits
    duration limit_;
    bool waits_ = false;
};

/// Neither yes nor no: the task keeps its reservation and waits for others, at most for `limit`. Then it is
/// denied and the reservation released.
[[nodiscard]] constexpr auto wait_for(duration limit, std::string why) -> permission {
    return {limit, std::move(why)};
}

} // namespace berth::schedule
