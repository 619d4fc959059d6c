#pragma once

/// \file
/// Drives components in virtual time on one thread, in an order that a seed decides: the same components as
/// on threads, and every run can be had again.

#include <berth/core/config.hpp>
#include <berth/core/random.hpp>
#include <berth/core/step.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::sim {

/// How to run, and when to stop at the latest. The run ends sooner when nobody has anything to do any more.
struct options {
    std::uint64_t seed = 1;
    duration time_limit = seconds(3600);   ///< of virtual time
    std::uint64_t step_limit = 10'000'000; ///< of steps
    duration step_time = {};               ///< each step takes between nothing and this, drawn from the seed
    std::function<bool()> until = {};      ///< asked after each step; stops the run when true
};

/// Why a run ended.
enum class ending : std::uint8_t {
    quiescent,  ///< everybody waits for a signal that nobody will give
    reached,    ///< what `until` asked for has come true
    time_limit, ///< virtual time is up
    step_limit, ///< the steps are used up
};

[[nodiscard]] constexpr auto to_string(ending e) -> std::string_view {
    switch (e) {
    case ending::quiescent: return "quiescent";
    case ending::reached: return "reached";
    case ending::time_limit: return "time limit";
    case ending::step_limit: return "step limit";
    }
    return "";
}

/// What a run was.
struct report {
    std::uint64_t seed = 0;
    ending why = ending::quiescent;
    std::uint64_t steps = 0;
    time_point begin;
    time_point end;
    std::uint64_t trace = 0; ///< a hash of who stepped when: two runs that differ in it took different ways

    /// `seed 7: quiescent after 120 steps and 3.250000 s`
    [[nodiscard]] auto to_string() const -> std::string;
    friend auto operator==(report const&, report const&) -> bool = default;
};

/// Runs components one step at a time. Of those that want to run now, the seed decides which is next; when
/// none does, time goes on to the earliest appointment. Components must outlive the executor, or be removed.
class executor {
public:
    explicit executor(virtual_clock time, std::uint64_t seed = 1) : clock_(std::move(time)), random_(seed) {}
    executor(executor const&) = delete;
    auto operator=(executor const&) -> executor& = delete;
    ~executor() {
        for (auto& t : tasks_) t.leave();
    }

    /// Adds a component, due at once.
    template <component C> auto add(C& c) -> void {
        auto& t = tasks_.emplace_back();
        t.number = ++added_;
        t.self = &c;
        t.step = [](void* self, time_point now) { return static_cast<C*>(self)->step(now); };
        if constexpr (wakeable<C>) {
            t.on_wake = [](void* self, waker w) { static_cast<C*>(self)->on_wake(w); };
            t.on_wake(&c, waker{[](void* context) { static_cast<task*>(context)->signalled = true; }, &t});
        }
    }
    /// Takes a component out: it crashes, or leaves.
    template <component C> auto remove(C& c) -> void {
        for (auto& t : tasks_)
            if (t.self == &c) t.leave();
    }

    /// Runs until one of the limits, or until nothing can happen any more. May be called again.
    auto run(options const& how) -> report;

private:
    struct task {
        std::uint64_t number = 0;
        void* self = nullptr; ///< null: has left
        auto (*step)(void*, time_point) -> wake = nullptr;
        auto (*on_wake)(void*, waker) -> void = nullptr;
        wake wish = wake::again();
        bool signalled = false;

        [[nodiscard]] auto due(time_point now) const -> bool;
        auto leave() -> void {
            if (self != nullptr && on_wake != nullptr) on_wake(self, waker{});
            self = nullptr;
        }
    };

    /// One of the components that want to run now, or null.
    auto choose() -> task*;
    [[nodiscard]] auto earliest() const -> std::optional<time_point>;
    auto step(task& t, options const& how, report& out) -> void;

    virtual_clock clock_;
    random_engine random_;
    std::deque<task> tasks_;
    std::vector<task*> due_;
    std::uint64_t added_ = 0;
};

/// Runs components in virtual time from a seed until nothing can happen any more, or a limit.
template <component... Cs>
auto run(virtual_clock const& time, options const& how, Cs&... components) -> report {
    auto e = executor(time, how.seed);
    (e.add(components), ...);
    return e.run(how);
}

/// Tries `check(seed)` for `count` seeds from `first` on; it answers an empty text if all was well. Answers
/// the first complaint, with its seed, which replays it; nothing if there was none.
template <class Check>
auto try_seeds(std::uint64_t first, std::uint64_t count, Check&& check) -> std::optional<std::string> {
    for (auto seed = first; seed < first + count; ++seed)
        if (auto complaint = std::string(check(seed)); !complaint.empty())
            return "seed " + std::to_string(seed) + ": " + complaint;
    return std::nullopt;
}

} // namespace berth::sim

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/sim/run.ipp>
#endif
