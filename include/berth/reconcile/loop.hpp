#pragma once

/// \file
/// Runs a controller: caches feed a queue of keys, each key is reconciled, and the plan is carried out.

#include <berth/core/config.hpp>
#include <berth/reconcile/any_controller.hpp>
#include <berth/reconcile/apply.hpp>
#include <berth/reconcile/cache.hpp>
#include <berth/reconcile/causes.hpp>
#include <berth/reconcile/shared_queue.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// What a loop may be told.
struct loop_options {
    back_off wait = {};     ///< of keys that fail or meet conflicts
    std::size_t batch = 64; ///< the most keys of one step
    /// How long a key is held back until its own writes are seen; as client-go's expectations.
    duration patience = minutes(5);
    std::function<void(note const&, time_point)> record = {}; ///< hears the notes of plans
    /// Hears of a mistake in the controller itself, in a sentence; once for each. If empty, standard error
    /// does.
    std::function<void(std::string const&)> complain = {};
    reflector_options caches = {}; ///< for a loop with caches of its own
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
///
/// A client that is referred to, and shared caches, must outlive the loop.
class any_loop {
    struct wakeups {
        signal::subscription ready;
        signal::subscription changed;
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
    [[nodiscard]] auto queue() const -> shared_queue<key, key_hash, causes> const& { return queue_; }
    /// The last failures, the newest last; a hundred at most.
    [[nodiscard]] auto recent_failures() const -> std::vector<recorded_failure>;
    [[nodiscard]] auto erased_controller() const -> any_controller const& { return controller_; }
    [[nodiscard]] auto synced() const -> bool;

private:
    /// What is remembered of a key between its plans.
    struct memory {
        std::vector<own_write> writes;                    ///< that the caches had not shown yet
        time_point written;                               ///< when
        std::vector<object::resource_name const*> doubts; ///< kinds that it may have written, or not
        std::vector<failure> failures;                    ///< of its last plan
        causes held; ///< why it would have been looked at, had it not been held back
        bool is_held = false;
    };
    /// The same for one call of `reconcile`.
    struct recollection {
        std::vector<failure> failures;
        any_memory kept;
    };

    any_loop(api::any_client client, caches* shared, any_controller c, loop_options options);

    auto subscribe(wakeups& to, waker w) -> void;
    auto hear(detail::heard_kind const& kind) -> void;
    auto map_both(detail::heard_kind const& kind, snapshot const& world, change const& c) -> void;
    [[nodiscard]] auto owner_of(object::meta const& m) const -> std::optional<key>;

    auto work(time_point now) -> wake;
    auto reconcile_one(key const& k, time_point now) -> void;
    auto refuse(key const& k, plan const& p, std::string const& why, time_point now) -> void;
    [[nodiscard]] auto mistake(snapshot const& world, plan const& p) const -> std::string;

    [[nodiscard]] auto recall(key const& k) const -> recollection;
    auto keep(key const& k, any_memory kept) -> void;
    auto remember(key const& k, plan const& p, outcome& done, time_point now) -> void;
    auto resolve_doubts(key const& k, time_point now) -> bool;
    auto hold_back(key const& k, time_point now) -> bool;
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
    shared_queue<key, key_hash, causes> queue_;
    mutable std::mutex mutex_;
    std::unordered_map<key, memory, key_hash> memory_;
    std::unordered_map<key, any_memory, key_hash> kept_; ///< by the controller itself
    std::vector<key> held_;
    loop_counters counters_;
    std::deque<recorded_failure> recent_;
    std::set<std::string> complaints_;
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
