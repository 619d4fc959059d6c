#pragma once

/// \file
/// Runs a controller: caches feed a queue of keys, each key is reconciled, and the plan is carried out.

#include <berth/reconcile/apply.hpp>
#include <berth/reconcile/cache.hpp>
#include <berth/reconcile/causes.hpp>
#include <berth/reconcile/controller.hpp>
#include <berth/reconcile/shared_queue.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
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
    reflector_options caches = {};                            ///< for a loop with caches of its own
};

/// What a loop has done.
struct loop_counters {
    std::uint64_t reconciles = 0;  ///< calls of `reconcile`
    std::uint64_t empty_plans = 0; ///< of them, with nothing to do
    std::uint64_t steps = 0;       ///< carried out
    std::uint64_t conflicts = 0;   ///< steps refused because the world had moved on
    std::uint64_t failures = 0;    ///< steps refused for other reasons
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

/// Drives a controller. A component; `worker`s on other threads can share its work.
///
/// * A key is reconciled when something happened that concerns it, and never twice at once.
/// * It is not reconciled before the caches have seen what its own last plan wrote, or may have written.
/// * A step that is refused because the world has moved on is a conflict: the key is looked at again soon.
/// Any other
///   error is a failure: the key backs off, and its next `reconcile` can see it (`snapshot::failures`).
/// * A plan that was made from a kind or an index that the controller does not declare is not carried out.
///
/// The client, and shared caches, must outlive the loop.
template <controller Controller, api::client Client> class loop {
    struct wakeups {
        signal::subscription ready;
        signal::subscription changed;
    };

public:
    using reconciled = typename Controller::reconciles;

    /// A loop with caches of its own.
    loop(Client& client, Controller c, loop_options options = {})
        : loop(client, nullptr, std::move(c), std::move(options)) {}
    /// A loop that reads caches which somebody else steps.
    loop(Client& client, caches<Client>& shared, Controller c, loop_options options = {})
        : loop(client, &shared, std::move(c), std::move(options)) {}
    loop(loop const&) = delete;
    auto operator=(loop const&) -> loop& = delete;

    auto step(time_point now) -> wake {
        auto const wish = own_caches_ ? own_caches_->step(now) : wake::signalled();
        return sooner(wish, work(now));
    }
    auto on_wake(waker w) -> void {
        if (own_caches_) own_caches_->on_wake(w);
        subscribe(wakeups_, w);
    }

    /// A component that reconciles keys of the same queue on another thread. The loop must outlive it.
    class worker {
    public:
        explicit worker(loop& of) : loop_(&of) {}
        auto step(time_point now) -> wake { return loop_->work(now); }
        auto on_wake(waker w) -> void { loop_->subscribe(wakeups_, w); }

    private:
        loop* loop_;
        wakeups wakeups_;
    };

    /// Looks at a key, though nothing is known to have happened.
    auto ask(key const& k) -> void { queue_.add(k, cause::asked); }

    [[nodiscard]] auto counters() const -> loop_counters {
        auto const lock = std::scoped_lock(mutex_);
        return counters_;
    }
    [[nodiscard]] auto queue() const -> shared_queue<key, key_hash, causes> const& { return queue_; }
    /// The last failures, the newest last; a hundred at most.
    [[nodiscard]] auto recent_failures() const -> std::vector<recorded_failure> {
        auto const lock = std::scoped_lock(mutex_);
        return {recent_.begin(), recent_.end()};
    }
    [[nodiscard]] auto controller_of() const -> Controller const& { return controller_; }
    [[nodiscard]] auto synced() const -> bool { return caches_->synced(seen_); }

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

    loop(Client& client, caches<Client>* shared, Controller c, loop_options options)
        : client_(&client),
          controller_(std::move(c)),
          options_(std::move(options)),
          own_caches_(shared == nullptr ? std::make_unique<caches<Client>>(client, options_.caches)
                                        : nullptr),
          caches_(shared == nullptr ? own_caches_.get() : shared),
          seen_(kinds_seen<Controller>()),
          queue_(options_.wait) {
        for (auto const* type : seen_) caches_->follow(*type, indexes_for(*type));
        hear_reconciled();
        detail::for_each_kind(detail::owned_kinds<Controller>(),
                              [this]<class T>() { this->template hear_owned<T>(); });
        detail::for_each_kind(detail::watched_kinds<Controller>(),
                              [this]<class T>() { this->template hear_watched<T>(); });
    }

    static auto indexes_for(object::type_info const& type) -> std::vector<index> {
        auto out = indexes_of<Controller>();
        std::erase_if(out, [&](index const& i) { return i.type != &type; });
        return out;
    }
    auto subscribe(wakeups& to, waker w) -> void {
        to = {};
        if (w == waker{}) return;
        to.ready = queue_.ready().subscribe(w);
        to.changed = caches_->changed().subscribe(w);
    }

    // ---- from changes to keys
    // -----------------------------------------------------------------------------------

    template <class T> auto hear(void (loop::*handle)(snapshot const&, change const&)) -> void {
        listening_.push_back(caches_->listen(object::type_of<T>(), [this, handle](auto const& world,
                                                                                  auto const& c) {
            if constexpr (detail::judges<Controller, T>)
                if (c.type == change::kind::updated &&
                    !controller_.matters(c.before.object.template as<T>(), c.after.object.template as<T>()))
                    return;
            (this->*handle)(world, c);
        }));
    }
    auto hear_reconciled() -> void { hear<reconciled>(&loop::on_reconciled); }
    template <class T> auto hear_owned() -> void { hear<T>(&loop::template on_owned<T>); }
    template <class T> auto hear_watched() -> void {
        static_assert(
            detail::maps<Controller, T>,
            "a kind in `watches` needs `keys_for(snapshot const&, T const&) const -> std::vector<key>`: "
            "which keys does a change of such an object concern?");
        hear<T>(&loop::template on_watched<T>);
    }

    auto on_reconciled(snapshot const& world, change const& c) -> void {
        constexpr cause why[] = {cause::created, cause::updated, cause::deleted};
        queue_.add(c.latest()->metadata().where(), why[static_cast<std::size_t>(c.type)]);
        map_both<reconciled>(world, c);
    }
    template <class T> auto on_owned(snapshot const& world, change const& c) -> void {
        for (auto const* o : {&c.before, &c.after})
            if (*o)
                if (auto const owner = owner_of((*o)->metadata())) queue_.add(*owner, cause::owned);
        map_both<T>(world, c);
    }
    template <class T> auto on_watched(snapshot const& world, change const& c) -> void {
        map_both<T>(world, c);
    }

    template <class T> auto map_both(snapshot const& world, change const& c) -> void {
        if constexpr (detail::maps<Controller, T>)
            for (auto const* o : {&c.before, &c.after})
                if (*o)
                    for (auto const& k : controller_.keys_for(world, o->object.template as<T>()))
                        queue_.add(k, cause::watched);
    }
    /// The key of the controlling owner, if that is of the reconciled kind (in whatever version).
    static auto owner_of(object::meta const& m) -> std::optional<key> {
        constexpr auto const& mine = reconciled::resource;
        auto const* owner = object::controller_of(m);
        if (owner == nullptr || owner->kind != mine.kind) return std::nullopt;
        auto const slash = owner->api_version.find('/');
        auto const group =
            std::string_view(owner->api_version).substr(0, slash == std::string::npos ? 0 : slash);
        if (group != mine.group) return std::nullopt;
        return key{mine.namespaced ? m.namespace_ : std::string(), owner->name};
    }

    // ---- from keys to plans
    // -------------------------------------------------------------------------------------

    auto work(time_point now) -> wake {
        if (!caches_->synced(seen_)) return wake::signalled();
        auto const patience_ends = release_held(now);
        for (std::size_t n = 0; n < options_.batch; ++n) {
            auto const k = queue_.get(now);
            if (!k) break;
            if (resolve_doubts(*k, now) && !hold_back(*k, now)) reconcile_one(*k, now);
            queue_.done(*k);
        }
        return sooner(queue_.next(), patience_ends);
    }

    auto reconcile_one(key const& k, time_point now) -> void {
        auto const failed = last_failures(k);
        auto refused = std::optional<failure>();
        auto decided = plan{};
        {
            auto world = caches_->at(now, failed);
            world.restrict_to(seen_);
            decided = controller_.reconcile(world, k);
            refused = undeclared(world);
        }
        auto done = outcome{};
        if (refused) {
            done.failures.push_back(*std::move(refused));
            done.complete = false;
        } else {
            done = apply(*client_, decided, [&](note const& n) {
                if (options_.record) options_.record(n, now);
            });
        }
        remember(k, decided, done, now);
        if (!done.failures.empty()) queue_.add_rate_limited(k, now, cause::failed);
        else if (done.conflicts != 0) queue_.add_rate_limited(k, now, cause::conflict);
        else queue_.forget(k);
        if (done.complete && decided.again_after)
            queue_.add_after(k, *decided.again_after, now, cause::again);
    }

    /// A complaint if the controller has looked at what it does not declare.
    static auto undeclared(snapshot const& world) -> std::optional<failure> {
        auto what = std::string();
        if (auto const* r = world.undeclared()) what = "reads " + std::string(r->plural);
        else if (!world.undeclared_index().empty())
            what = "uses the index " + std::string(world.undeclared_index());
        else return std::nullopt;
        auto message =
            "controller " + std::string(Controller::name) + " " + what + ", which it does not declare";
        return failure{note{{}, "Warning", "Undeclared", message}, error{error_code::internal, message, {}}};
    }

    // ---- what is remembered of a key
    // ----------------------------------------------------------------------------

    auto last_failures(key const& k) const -> std::vector<failure> {
        auto const lock = std::scoped_lock(mutex_);
        auto const found = memory_.find(k);
        return found == memory_.end() ? std::vector<failure>() : found->second.failures;
    }

    auto remember(key const& k, plan const& p, outcome& done, time_point now) -> void {
        auto const lock = std::scoped_lock(mutex_);
        ++counters_.reconciles;
        counters_.empty_plans += p.empty() ? 1U : 0U;
        counters_.steps += done.steps;
        counters_.conflicts += done.conflicts;
        counters_.failures += done.failures.size();
        counters_.notes += done.notes;
        for (auto const& f : done.failures) recent_.push_back({now, k, f});
        while (recent_.size() > 100) recent_.pop_front();
        if (done.writes.empty() && done.failures.empty()) {
            memory_.erase(k);
            return;
        }
        auto& m = memory_[k];
        m.failures = done.failures;
        m.writes = std::move(done.writes);
        m.doubts = std::move(done.doubtful);
        m.written = now;
    }

    /// Where the answer to a write was lost, the write has to be taken for done: whatever the kind's revision
    /// is by now must be seen first. If the API does not answer that either, the key backs off.
    auto resolve_doubts(key const& k, time_point now) -> bool {
        auto doubts = std::vector<object::resource_name const*>();
        {
            auto const lock = std::scoped_lock(mutex_);
            auto const found = memory_.find(k);
            if (found == memory_.end() || found->second.doubts.empty()) return true;
            doubts = found->second.doubts;
        }
        auto seen_by_then = std::vector<own_write>();
        for (auto const* r : doubts) {
            auto options = api::list_options{};
            options.limit = 1;
            auto const page = client_->list(*r, options);
            if (!page) {
                queue_.add_rate_limited(k, now, cause::failed);
                return false;
            }
            seen_by_then.push_back({reference(*r, {}), page->rev, false});
        }
        auto const lock = std::scoped_lock(mutex_);
        auto& m = memory_[k];
        m.doubts.clear();
        for (auto& w : seen_by_then) m.writes.push_back(std::move(w));
        return true;
    }

    /// Whether the caches have yet to show something that the key's last plan wrote; then it waits for that.
    auto hold_back(key const& k, time_point now) -> bool {
        auto const lock = std::scoped_lock(mutex_);
        auto const found = memory_.find(k);
        if (found == memory_.end()) return false;
        auto& m = found->second;
        if (now - m.written >= options_.patience) m.writes.clear();
        forget_shown(m.writes);
        if (m.writes.empty()) {
            if (m.failures.empty()) memory_.erase(found);
            return false;
        }
        m.held.merge(queue_.causes(k));
        if (!std::exchange(m.is_held, true)) held_.push_back(k);
        ++counters_.held_back;
        return true;
    }

    /// Lets go of the keys whose writes are shown by now, or whose patience has ended. Answers when the next
    /// one's does.
    auto release_held(time_point now) -> wake {
        auto const lock = std::scoped_lock(mutex_);
        auto wish = wake::signalled();
        std::erase_if(held_, [&](key const& k) {
            auto const found = memory_.find(k);
            if (found == memory_.end()) return true;
            auto& m = found->second;
            forget_shown(m.writes);
            if (!m.writes.empty() && now - m.written < options_.patience) {
                wish = sooner(wish, wake::at(m.written + options_.patience));
                return false;
            }
            m.writes.clear();
            m.is_held = false;
            m.held.merge(cause::own_write);
            queue_.add(k, std::exchange(m.held, {}));
            return true;
        });
        return wish;
    }

    auto forget_shown(std::vector<own_write>& writes) const -> void {
        std::erase_if(writes, [this](own_write const& w) {
            object::type_info const* type = nullptr;
            for (auto const* t : seen_)
                if (*t->resource == *w.what.resource) type = t;
            return type == nullptr || (!w.removed && caches_->revision(*type) >= w.rev) || is_shown(*type, w);
        });
    }
    /// A deletion has no revision to wait for: the answer to it may tell that of the object's last write.
    auto is_shown(object::type_info const& type, own_write const& w) const -> bool {
        auto const world = caches_->at({});
        auto const* there = world.table_of(type)->find(w.what.where);
        if (!w.removed) return there != nullptr && there->rev >= w.rev;
        return there == nullptr || there->object.metadata().uid != w.what.uid ||
               there->object.metadata().deleting();
    }

    Client* client_;
    Controller controller_;
    loop_options options_;
    std::unique_ptr<caches<Client>> own_caches_;
    caches<Client>* caches_;
    std::vector<object::type_info const*> seen_;
    shared_queue<key, key_hash, causes> queue_;
    mutable std::mutex mutex_;
    std::unordered_map<key, memory, key_hash> memory_;
    std::vector<key> held_;
    loop_counters counters_;
    std::deque<recorded_failure> recent_;
    wakeups wakeups_;
    std::vector<typename caches<Client>::listening> listening_;
};

} // namespace berth::reconcile
