#pragma once

/// \file
/// Runs a controller: caches feed a queue of keys, each key is reconciled, and the plan is carried out.

#include <berth/api/fence.hpp>
#include <berth/core/config.hpp>
#include <berth/reconcile/any_controller.hpp>
#include <berth/reconcile/apply.hpp>
#include <berth/reconcile/cache.hpp>
#include <berth/reconcile/causes.hpp>
#include <berth/reconcile/look.hpp>
#include <berth/reconcile/queue.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// The queue of a loop.
class loop_queue;

/// What a loop may be told.
struct loop_options {
    back_off wait = {};                     ///< of keys that fail or meet conflicts
    std::uint64_t seed = 0;                 ///< of the jitter of `wait`
    std::optional<rate_limit> retries = {}; ///< of all keys together; nothing: no limit
    duration put_off = seconds(1); ///< how long a key waits that the API puts off without saying how long
    std::size_t batch = 64;        ///< the most keys of one step
    plan_budget budget = {};       ///< how much of a plan is carried out at once
    /// Which keys come first; empty: what was found when the caches began comes after what has happened
    /// since. Nobody starves, see `priority_turns`. Called under the queue's lock.
    key_priority priority = {};
    /// How long a key is held back until its own writes are seen; as client-go's expectations.
    duration patience = minutes(5);
    std::function<void(note const&, time_point)> record = {}; ///< hears the notes of plans
    /// Hears of a mistake in the controller itself, in a sentence; once for each. If empty, standard error
    /// does.
    std::function<void(std::string const&)> complain = {};
    reflector_options caches = {}; ///< for a loop with caches of its own
    /// Tells how late it is while keys are worked on, for durations and budgets of time; its times are those
    /// that steps are given. Empty: work takes no time.
    std::function<time_point()> clock = {};
    std::size_t history = 0; ///< how many looks are kept (`looks`); 0: none
    /// Hears of every look, from the thread that looked. If empty, and no looks are kept, none are made up.
    std::function<void(look const&)> looked = {};
    /// The leadership under which keys are looked at: it is asked before a key is, and the writes of the plan
    /// are refused once it is over (`api::fence`). Where it tells none, no key is. Empty: nobody has to lead.
    std::function<api::shared_fence()> leadership = {};
    bool finish = false; ///< a drain (`drain`) carries out what waits for its turn
};

/// What a loop has done.
struct loop_counters {
    std::uint64_t reconciles = 0;  ///< calls of `reconcile`
    std::uint64_t empty_plans = 0; ///< of them, with nothing to do
    std::uint64_t steps = 0;       ///< carried out
    std::uint64_t conflicts = 0;   ///< steps refused because the world had moved on
    std::uint64_t failures = 0;    ///< steps refused for other reasons, and plans that were not allowed
    std::uint64_t notes = 0;       ///< handed to the recorder
    std::uint64_t held_back = 0;   ///< keys that had to wait until their own last write was seen
    std::uint64_t put_off = 0;     ///< steps that the API put off
    std::uint64_t cut = 0;         ///< plans that were longer than their budget

    friend auto operator==(loop_counters const&, loop_counters const&) -> bool = default;
};

/// A failure, with when and where.
struct recorded_failure {
    time_point at;
    key where;
    failure what;
};

/// Drives any controller. A component; `worker`s on other threads can share its work.
///
/// * A key is reconciled when something happened that concerns it, and never twice at once.
/// * It is not reconciled before the caches have seen what its own last plan wrote, or may have written.
/// * A step that is refused because the world has moved on is a conflict: the key is looked at again soon.
///   Any other error is a failure: the key backs off, and its next `reconcile` can see it
///   (`snapshot::failures`).
/// * A plan that was made from a kind or an index that the controller does not declare, or that would write
///   such a kind, is not carried out. That is a mistake in the program: it is complained of once, counts as a
///   failure, and is not tried again.
/// * To look again later (`plan::again_after`) is no failure, and a look that does nothing else leaves the
///   failures of the key as they are.
/// * What the API puts off (`too_many_requests`, such as an eviction that a budget does not allow) is looked
/// at
///   again soon, and is no failure.
///
/// A client that is referred to, and shared caches, must outlive the loop.
class any_loop {
    struct wakeups {
        wake_signal::subscription ready;
        wake_signal::subscription changed;
    };

public:
    /// A loop with caches of its own.
    any_loop(api::any_client client, any_controller c, loop_options options = {});
    /// A loop that reads caches which somebody else steps.
    any_loop(api::any_client client, caches& shared, any_controller c, loop_options options = {});
    any_loop(any_loop const&) = delete;
    auto operator=(any_loop const&) -> any_loop& = delete;
    ~any_loop();

    auto step(time_point now) -> wake;
    auto on_wake(waker w) -> void;
    /// The end of its work: with `loop_options::finish`, no new keys are taken, and those that wait for their
    /// turn are looked at; otherwise they are left.
    auto drain(time_point now) -> std::optional<wake>;

    /// A component that reconciles keys of the same queue on another thread. The loop must outlive it.
    class worker {
    public:
        explicit worker(any_loop& of) : loop_(&of) {}
        auto step(time_point now) -> wake { return loop_->work(now); }
        auto on_wake(waker w) -> void { loop_->subscribe(wakeups_, w); }

    private:
        any_loop* loop_;
        wakeups wakeups_;
    };

    /// Looks at a key, though nothing is known to have happened.
    auto ask(key const& k) -> void;

    [[nodiscard]] auto counters() const -> loop_counters;
    /// Its keys; the type is in `loop_queue.hpp`.
    [[nodiscard]] auto queue() const -> loop_queue const&;
    /// The last looks, the newest last; `loop_options::history` at most.
    [[nodiscard]] auto looks() const -> std::vector<look>;
    /// Those of a key.
    [[nodiscard]] auto looks(key const& k) const -> std::vector<look>;
    /// How a key stands: why nothing happens to it, if nothing does.
    [[nodiscard]] auto status_of(key const& k) const -> key_status;
    /// The last failures, the newest last; a hundred at most.
    [[nodiscard]] auto recent_failures() const -> std::vector<recorded_failure>;
    [[nodiscard]] auto erased_controller() const -> any_controller const& { return controller_; }
    [[nodiscard]] auto synced() const -> bool;

private:
    /// What waits, what is remembered of keys between their plans, and what has been done.
    struct books;
    /// What is remembered of a key, for one call of `reconcile`.
    struct recollection {
        std::vector<failure> failures;
        any_memory kept;
    };

    any_loop(api::any_client client, caches* shared, any_controller c, loop_options options);

    auto subscribe(wakeups& to, waker w) -> void;
    auto hear(detail::heard_kind const& kind) -> void;
    /// Whether anything need be looked at for a change.
    [[nodiscard]] auto can_matter(detail::heard_kind const& kind, snapshot const& world,
                                  change const& c) const -> bool;
    auto map_both(detail::heard_kind const& kind, snapshot const& world, change const& c) -> void;
    [[nodiscard]] auto owner_of(object::meta const& m) const -> std::optional<key>;

    auto work(time_point now) -> wake;
    auto look_at(key const& k, look& at) -> void;
    auto reconcile_one(key const& k, look& at, api::shared_fence const& leads) -> void;
    [[nodiscard]] auto carry_out(plan const& p, api::shared_fence const& leads, time_point now) -> outcome;
    auto requeue(key const& k, plan const& p, outcome const& done, look& at) -> void;
    auto refuse(key const& k, plan const& p, std::string const& why, look& at) -> void;
    [[nodiscard]] auto tells() const -> bool { return options_.history != 0 || options_.looked; }
    [[nodiscard]] auto time_after(time_point now) const -> time_point {
        return options_.clock ? options_.clock() : now;
    }
    auto tell(look at) -> void;
    [[nodiscard]] auto mistake(snapshot const& world, plan const& p) const -> std::string;

    [[nodiscard]] auto recall(key const& k) const -> recollection;
    auto keep(key const& k, any_memory kept) -> void;
    auto remember(key const& k, plan const& p, outcome& done, time_point now) -> void;
    auto resolve_doubts(key const& k, time_point now) -> bool;
    auto hold_back(key const& k, look& at) -> bool;
    auto release_held(time_point now) -> wake;
    auto forget_shown(std::vector<own_write>& writes) const -> void;
    [[nodiscard]] auto is_shown(object::type_info const& type, own_write const& w) const -> bool;

    api::any_client client_;
    any_controller controller_;
    loop_options options_;
    std::unique_ptr<caches> own_caches_;
    caches* caches_;
    std::vector<object::type_info const*> seen_;
    std::vector<object::type_info const*> written_;
    std::unique_ptr<books> books_;
    wakeups wakeups_;
    std::vector<caches::listening> listening_;
};

/// Drives a controller, as `any_loop` does; knows its type, and costs a unit no more than naming it.
///
///     auto l = loop(server, my_controller(), {.record = tell_everybody});
template <class Controller> class loop : public any_loop {
public:
    /// A loop with caches of its own.
    loop(api::any_client client, Controller c, loop_options options = {})
        : any_loop(std::move(client), any_controller(std::move(c)), std::move(options)) {}
    /// A loop that reads caches which somebody else steps.
    loop(api::any_client client, caches& shared, Controller c, loop_options options = {})
        : any_loop(std::move(client), shared, any_controller(std::move(c)), std::move(options)) {}

    [[nodiscard]] auto controller_of() const -> Controller const& {
        return *erased_controller().template get_if<Controller>();
    }
};

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/loop.ipp>
#endif
