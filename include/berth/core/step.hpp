#pragma once

/// \file
/// The component concept: something that does a bounded slice of work and says when it wants to be called
/// again. `core/threads.hpp` drives components in real time, `sim/run.hpp` in virtual time.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>

#include <concepts>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace berth {

/// When a component wants its next step. A signal (see `waker`) always brings it sooner.
struct wake {
    enum class when : std::uint8_t { again, at, signalled };

    when kind = when::signalled;
    time_point time{}; ///< only for `at`

    /// There is more to do now.
    static constexpr auto again() -> wake { return {when::again, {}}; }
    /// Nothing to do before `t`, unless signalled.
    static constexpr auto at(time_point t) -> wake { return {when::at, t}; }
    /// Nothing to do until something changes.
    static constexpr auto signalled() -> wake { return {when::signalled, {}}; }

    friend constexpr auto operator==(wake, wake) -> bool = default;
};

/// The earlier of two wishes.
[[nodiscard]] constexpr auto sooner(wake a, wake b) -> wake {
    if (a.kind == wake::when::again || b.kind == wake::when::signalled) return a;
    if (b.kind == wake::when::again || a.kind == wake::when::signalled) return b;
    return a.time <= b.time ? a : b;
}

/// A bounded slice of work at a time. `step` must not block or sleep; it may call the API or a store.
template <class C>
concept component = requires(C& c, time_point now) {
    { c.step(now) } -> std::same_as<wake>;
};

/// A handle that brings a sleeping component back: a plain function and its context, cheap to copy.
/// Calling it is safe from any thread and more than once.
struct waker {
    void (*function)(void*) = nullptr;
    void* context = nullptr;

    auto operator()() const -> void {
        if (function != nullptr) function(context);
    }
    friend auto operator==(waker, waker) -> bool = default;
};

/// A component that wants to be woken by others: the driver gives it a waker before the first step, and the
/// component passes it to what it waits for (a watch, a queue).
template <class C>
concept wakeable = component<C> && requires(C& c, waker w) { c.on_wake(w); };

/// A list of wakers to call when something changed. Thread-safe. A subscription ends when its handle dies,
/// and no call of its waker is under way afterwards.
class wake_signal {
public:
    class subscription {
    public:
        subscription() = default;
        subscription(wake_signal& s, waker w) : signal_(&s), waker_(w) { s.add(w); }
        subscription(subscription&& other) noexcept
            : signal_(std::exchange(other.signal_, nullptr)), waker_(other.waker_) {}
        auto operator=(subscription&& other) noexcept -> subscription&;
        subscription(subscription const&) = delete;
        auto operator=(subscription const&) -> subscription& = delete;
        ~subscription() {
            if (signal_ != nullptr) signal_->remove(waker_);
        }

    private:
        wake_signal* signal_ = nullptr;
        waker waker_{};
    };

    [[nodiscard]] auto subscribe(waker w) -> subscription { return {*this, w}; }

    /// Calls every subscribed waker.
    auto notify() -> void;

private:
    auto add(waker w) -> void;
    auto remove(waker w) -> void;

    std::mutex mutex_;
    std::vector<waker> wakers_;
};

} // namespace berth

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/step.ipp>
#endif
