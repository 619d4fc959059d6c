#pragma once

/// \file
/// Drives components in real time on threads: nobody polls, whoever has nothing to do sleeps.

#include <berth/core/chrono.hpp>
#include <berth/core/clock.hpp>
#include <berth/core/step.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <concepts>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace berth {

/// A component that has something to finish when it is told to stop. `drain` is called instead of `step`,
/// again and again at the times it asks for, until it answers nothing.
template <class C>
concept drainable = component<C> && requires(C& c, time_point now) {
    { c.drain(now) } -> std::same_as<std::optional<wake>>;
};

struct threads_options {
    std::size_t threads = 0;         ///< 0: one per component
    duration patience = seconds(10); ///< how long components may take to drain
};

/// Runs any number of components on threads. A component is never stepped by two threads at once. Components
/// can be added before and while it runs; they must outlive `run`.
///
/// An exception that leaves a component (`std::bad_alloc` may, others should not) stops all of them and
/// leaves `run`.
template <time_source Clock = system_clock> class thread_driver {
public:
    explicit thread_driver(threads_options options = {}, Clock time = {})
        : options_(options), clock_(std::move(time)) {}
    thread_driver(thread_driver const&) = delete;
    auto operator=(thread_driver const&) -> thread_driver& = delete;

    /// Adds a component, due at once. Callable from any thread, and from components.
    template <component C> auto add(C& c) -> void {
        auto const lock = std::unique_lock(mutex_);
        auto& t = tasks_.emplace_back(*this, &c);
        t.step = [](void* self, time_point now) { return static_cast<C*>(self)->step(now); };
        if constexpr (drainable<C>)
            t.drain = [](void* self, time_point now) { return static_cast<C*>(self)->drain(now); };
        if constexpr (wakeable<C>) t.on_wake = [](void* self, waker w) { static_cast<C*>(self)->on_wake(w); };
        enqueue(t);
        call_someone();
        if (running_ && options_.threads == 0) threads_.emplace_back([this] { work(); });
    }

    /// Runs, once, until a stop is requested and every component has drained, or has been given up after the
    /// patience.
    auto run(std::stop_token stop) -> void {
        {
            auto const lock = std::unique_lock(mutex_);
            running_ = true;
            auto const count = options_.threads == 0 ? tasks_.size() : options_.threads;
            for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
        }
        auto const on_stop = std::stop_callback(stop, [this] { request_stop(); });
        {
            auto lock = std::unique_lock(mutex_);
            over_.wait(lock, [&] { return stopping_ && finished_ == tasks_.size(); });
            running_ = false;
        }
        work_.notify_all();
        timer_.notify_all();
        threads_.clear();
        detach();
        if (thrown_) std::rethrow_exception(thrown_);
    }

private:
    enum class state : std::uint8_t { idle, ready, running, running_again, finished };

    struct task {
        task(thread_driver& d, void* c) : driver(&d), self(c) {}

        thread_driver* driver;
        void* self;
        auto (*step)(void*, time_point) -> wake = nullptr;
        auto (*drain)(void*, time_point) -> std::optional<wake> = nullptr;
        auto (*on_wake)(void*, waker) -> void = nullptr;
        bool introduced = false; ///< has its waker
        std::atomic<state> is{state::idle};
        std::optional<time_point> appointment; ///< its place in `timers_`
    };

    static auto wake_task(void* context) -> void {
        auto& t = *static_cast<task*>(context);
        auto const is = t.is.load();
        if (is == state::ready || is == state::running_again || is == state::finished) return;
        auto& d = *t.driver;
        auto const lock = std::unique_lock(d.mutex_);
        if (t.is == state::running) t.is = state::running_again;
        else if (t.is == state::idle) {
            d.enqueue(t);
            d.call_someone();
        }
    }

    auto enqueue(task& t) -> void {
        if (t.appointment) timers_.erase({*std::exchange(t.appointment, {}), &t});
        t.is = state::ready;
        ready_.push_back(&t);
    }
    /// Brings one sleeping thread back, if there is one.
    auto call_someone() -> void {
        if (sleeping_ > 0) work_.notify_one();
        else if (keeper_) timer_.notify_one();
    }

    auto request_stop() -> void {
        auto const lock = std::unique_lock(mutex_);
        if (std::exchange(stopping_, true)) return;
        deadline_ = clock_.now() + options_.patience;
        for (auto& t : tasks_)
            if (t.is == state::idle) enqueue(t);
        over_.notify_all();
        work_.notify_all();
        timer_.notify_all();
    }

    auto work() -> void {
        auto lock = std::unique_lock(mutex_);
        while (running_) {
            move_due(clock_.now());
            if (ready_.empty()) sleep(lock);
            else run_one(lock);
        }
    }

    auto move_due(time_point now) -> void {
        while (!timers_.empty() && timers_.begin()->first <= now) enqueue(*timers_.begin()->second);
    }

    /// One thread keeps the time of the earliest appointment, the others sleep until called.
    auto sleep(std::unique_lock<std::mutex>& lock) -> void {
        if (timers_.empty() || keeper_) {
            ++sleeping_;
            work_.wait(lock);
            --sleeping_;
            return;
        }
        keeper_ = true;
        // An early look does no harm; an appointment at the end of time would overflow the library's clock.
        auto const left = std::min(timers_.begin()->first - clock_.now(), minutes(60));
        timer_.wait_until(lock, std::chrono::system_clock::now() + to_chrono(left));
        keeper_ = false;
    }

    auto run_one(std::unique_lock<std::mutex>& lock) -> void {
        auto& t = *ready_.front();
        ready_.pop_front();
        t.is = state::running;
        if (!ready_.empty() || (!timers_.empty() && !keeper_)) call_someone();
        auto const draining = stopping_;
        auto const first = !std::exchange(t.introduced, true);
        lock.unlock();
        if (first && t.on_wake != nullptr) t.on_wake(t.self, waker{&wake_task, &t});
        auto wish = std::optional<wake>();
        auto thrown = std::exception_ptr();
        try {
            if (!draining) wish = t.step(t.self, clock_.now());
            else if (t.drain != nullptr) wish = t.drain(t.self, clock_.now());
        } catch (...) {
            thrown = std::current_exception();
        }
        if (thrown) request_stop();
        lock.lock();
        if (thrown && !thrown_) thrown_ = thrown;
        if (!draining && stopping_ && !thrown) wish = wake::again();
        settle(t, thrown ? std::nullopt : wish);
    }

    auto settle(task& t, std::optional<wake> wish) -> void {
        auto const now = clock_.now();
        if (!wish || (stopping_ && now >= deadline_)) {
            t.is = state::finished;
            if (++finished_ == tasks_.size()) over_.notify_all();
            return;
        }
        auto const again = t.is == state::running_again || wish->kind == wake::when::again;
        if (stopping_ && wish->kind == wake::when::signalled) wish = wake::at(deadline_);
        if (stopping_ && wish->time > deadline_) wish->time = deadline_;
        t.is = state::idle;
        if (again || (wish->kind == wake::when::at && wish->time <= now)) {
            enqueue(t);
        } else if (wish->kind == wake::when::at) {
            t.appointment = wish->time;
            if (timers_.emplace(wish->time, &t).first == timers_.begin() && keeper_) timer_.notify_one();
        }
    }

    /// Takes the wakers back.
    auto detach() -> void {
        for (auto& t : tasks_)
            if (std::exchange(t.introduced, false) && t.on_wake != nullptr) t.on_wake(t.self, waker{});
    }

    threads_options options_;
    Clock clock_;
    std::mutex mutex_;
    std::condition_variable work_;
    std::condition_variable timer_;
    std::condition_variable over_;
    std::deque<task> tasks_;
    std::deque<task*> ready_;
    std::set<std::pair<time_point, task*>> timers_;
    std::vector<std::jthread> threads_;
    std::size_t sleeping_ = 0;
    std::size_t finished_ = 0;
    bool keeper_ = false;
    bool running_ = false;
    bool stopping_ = false;
    time_point deadline_;
    std::exception_ptr thrown_;
};

/// Runs components, one thread each, until a stop is requested and they have drained.
template <component... Cs> auto run_on_threads(std::stop_token stop, Cs&... components) -> void {
    auto driver = thread_driver<>();
    (driver.add(components), ...);
    driver.run(std::move(stop));
}

/// As above, with a number of threads or another patience.
template <component... Cs>
auto run_on_threads(std::stop_token stop, threads_options options, Cs&... components) -> void {
    auto driver = thread_driver<>(options);
    (driver.add(components), ...);
    driver.run(std::move(stop));
}

} // namespace berth
