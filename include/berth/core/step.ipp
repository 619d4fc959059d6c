#pragma once

/// \file
/// The bodies of `berth/core/step.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/step.hpp>

namespace berth {

BERTH_DECL auto wake_signal::subscription::operator=(subscription&& other) noexcept -> subscription& {
    std::swap(signal_, other.signal_);
    std::swap(waker_, other.waker_);
    return *this;
}

BERTH_DECL auto wake_signal::notify() -> void {
    auto const lock = std::scoped_lock(mutex_);
    for (auto const& w : wakers_) w();
}

BERTH_DECL auto wake_signal::add(waker w) -> void {
    auto const lock = std::scoped_lock(mutex_);
    wakers_.push_back(w);
}

BERTH_DECL auto wake_signal::remove(waker w) -> void {
    auto const lock = std::scoped_lock(mutex_);
    for (auto i = wakers_.begin(); i != wakers_.end(); ++i) {
        if (*i == w) {
            wakers_.erase(i);
            return;
        }
    }
}

} // namespace berth
