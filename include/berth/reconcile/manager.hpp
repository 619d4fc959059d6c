#pragma once

/// \file
/// Runs several controllers as one: over caches that they share, with one place that tells how they are.

#include <berth/core/clock.hpp>
#include <berth/core/config.hpp>
#include <berth/core/exposition.hpp>
#include <berth/reconcile/log.hpp>
#include <berth/reconcile/loop.hpp>

#include <atomic>
#include <concepts>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// What hears the notes of plans.
using note_recorder = std::function<void(note const&, time_point)>;

/// One check of a component's health: what `/healthz` and `/readyz` are made of.
struct check {
    std::string name;
    std::string problem; ///< in a sentence; empty: it is well

    [[nodiscard]] auto well() const -> bool { return problem.empty(); }
    friend auto operator==(check const&, check const&) -> bool = default;
};

/// What a manager may be told. What `loop_options` has too means the same, for each controller.
struct manager_options {
    back_off wait = {};
    std::uint64_t seed = 0;
    std::optional<rate_limit> retries = {}; ///< of each controller's keys together
    duration patience = minutes(5);
    plan_budget budget = {};
    reflector_options caches = {};
    /// Who hears the notes of a controller, by its name; if empty, nobody.
    std::function<note_recorder(std::string_view controller)> recorder = {};
    std::function<void(std::string const&)> complain = {};
    std::function<time_point()> clock = {};
    std::size_t history = 0; ///< of each controller
    /// Which keys of a controller, by its name, come first; empty, or an empty answer: as usual.
    std::function<key_priority(std::string_view controller)> priority = {};
    std::function<api::shared_fence()> leadership = {};
    bool finish = false;
    /// How many workers a controller, by its name, has in `run`: so many of its keys are looked at at once,
    /// on as many threads, and no key twice. Empty: 1.
    std::function<std::size_t(std::string_view controller)> workers = {};
    log_sink log = {};                    ///< hears what happens; empty: nothing is written
    log_level log_from = log_level::info; ///< what is less than this is not told
    duration stuck_after = minutes(10);   ///< a look that takes longer is not well
};

/// What `manager::run` needs.
struct manager_run {
    api::any_client client;
    std::stop_token stop = {}; ///< ends the run
    std::function<time_point()> clock = [] { return system_clock().now(); };
    std::size_t threads = 0; ///< 0: one for the caches and one for each controller
    manager_options options = {};
};

/// Controllers that run together. Each has a queue and a loop of its own (`any_loop`), and they see the world
/// through the same caches: a kind that several of them look at is listed and watched once.
///
///     reconcile::manager(replica_sets(), deployments(), my_controller()).run({.client = server});
///
/// Whoever has a driver of its own, or time that is not real, starts it and takes it for a component:
///
///     auto all = reconcile::manager(replica_sets(), deployments());
///     all.start(server);
///     sim::run(clock, {}, all);
///
/// What is no controller is told why by the compiler.
class manager {
public:
    manager() = default;
    template <class... Cs>
        requires(sizeof...(Cs) > 0 && (!std::same_as<Cs, manager> && ...))
    explicit manager(Cs... controllers) {
        (add(any_controller(std::move(controllers))), ...);
    }
    manager(manager const&) = delete;
    auto operator=(manager const&) -> manager& = delete;

    /// One more, before the start. Throws `std::logic_error` if there is one of that name, or if it has been
    /// started.
    auto add(any_controller c) -> manager&;

    /// Makes the caches and the loops; nothing happens before the first step. A client that is referred to
    /// must outlive this. Throws `std::logic_error` if it has been started.
    auto start(api::any_client client, manager_options options = {}) -> void;
    /// Starts, and works on threads until a stop is requested.
    auto run(manager_run how) -> void;

    /// A slice of the caches' and of each controller's work. Before the start there is none.
    auto step(time_point now) -> wake;
    auto on_wake(waker w) -> void;
    /// The end of the controllers' work, in the order in which they were added, and at last of the caches',
    /// which they need for it; see `loop_options::finish`.
    auto drain(time_point now) -> std::optional<wake>;

    /// Standby: the caches are kept up, but no controller works. Callable from any thread.
    auto hold(bool held) -> void;

    /// Whether everything that the controllers look at has been seen once.
    [[nodiscard]] auto synced() const -> bool { return caches_ != nullptr && caches_->synced(); }
    [[nodiscard]] auto held() const -> bool { return held_; }
    /// Whether each controller works, as `/healthz` tells it: it is not well if one key has been looked at
    /// for longer than `stuck_after`, by the clock of the options. Callable from any thread.
    [[nodiscard]] auto health() const -> std::vector<check>;
    /// Whether it could do its work now, as `/readyz` tells it: it has been started, and what the controllers
    /// look at has been seen. Standby is ready.
    [[nodiscard]] auto readiness() const -> std::vector<check>;
    /// The caches, for others who want to see what the controllers see. Only after the start.
    [[nodiscard]] auto caches() -> reconcile::caches& { return *caches_; }

    /// The names of the controllers, in their order.
    [[nodiscard]] auto names() const -> std::vector<std::string_view>;
    /// The loop of a controller, or null. Only after the start.
    [[nodiscard]] auto find(std::string_view controller) -> any_loop*;
    [[nodiscard]] auto find(std::string_view controller) const -> any_loop const*;
    /// What a controller has done; all zero before the start, and of one that is not there.
    [[nodiscard]] auto counters(std::string_view controller) const -> loop_counters;
    /// How all of them are, as Prometheus reads it: `workqueue_*` as client-go names them, durations
    /// included, `berth_reconcile_*` for what loops count beside.
    [[nodiscard]] auto metrics() const -> std::string;

private:
    /// A loop that does nothing while it is held.
    class held_loop {
    public:
        held_loop(manager& in, any_controller c, loop_options options)
            : in_(&in), loop_(*in.client_, *in.caches_, std::move(c), std::move(options)) {}

        auto step(time_point now) -> wake { return in_->held_ ? wake::signalled() : loop_.step(now); }
        auto on_wake(waker w) -> void;
        auto drain(time_point now) -> std::optional<wake> {
            return in_->held_ ? std::nullopt : loop_.drain(now);
        }
        [[nodiscard]] auto loop() -> any_loop& { return loop_; }

    private:
        manager* in_;
        any_loop loop_;
        wake_signal::subscription released_;
    };

    /// One more worker of a loop, which does nothing while it is held.
    class held_worker {
    public:
        held_worker(manager& in, any_loop& of) : in_(&in), worker_(of) {}

        auto step(time_point now) -> wake { return in_->held_ ? wake::signalled() : worker_.step(now); }
        auto on_wake(waker w) -> void;

    private:
        manager* in_;
        any_loop::worker worker_;
        wake_signal::subscription released_;
    };

    [[nodiscard]] auto options_for(any_controller const& c) const -> loop_options;
    [[nodiscard]] auto now() const -> time_point {
        return options_.clock ? options_.clock() : time_point{stepped_.load()};
    }
    auto note_time(time_point now) -> void;
    auto log(log_level level, std::string message) const -> void;
    template <class Times>
    auto tell_times(exposition& to, std::string_view name, std::string_view help, Times times) const -> void;
    template <class Value> auto tell(exposition& to, std::string_view name, std::string_view type,
                                     std::string_view help, Value value) const -> void;

    std::vector<any_controller> controllers_;
    manager_options options_;
    std::atomic<std::int64_t> stepped_ = 0; ///< when it was stepped last
    std::atomic<bool> told_synced_ = false;
    std::atomic<bool> held_ = false;
    wake_signal released_;
    std::optional<api::any_client> client_;
    std::unique_ptr<reconcile::caches> caches_;
    std::vector<std::unique_ptr<held_loop>> loops_;
    std::size_t drained_ = 0; ///< how many of them are
};

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/manager.ipp>
#endif
