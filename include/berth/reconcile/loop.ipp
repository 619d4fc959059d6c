#pragma once

/// \file
/// The bodies of `berth/reconcile/loop.hpp`.

#include <berth/api/fenced_client.hpp>
#include <berth/core/config.hpp>
#include <berth/reconcile/loop.hpp>
#include <berth/reconcile/loop_queue.hpp>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace berth::reconcile::detail {

/// What a change is to a key.
inline auto causes_of(cause as, change const& c) -> causes {
    return causes(trigger{as, c.before, c.after}, c.initial);
}

/// A failure that is no step's: the controller could not decide.
inline auto failure_of(plan_error const& t) -> failure {
    auto const code = t.terminal ? error_code::invalid : error_code::internal;
    return {note{{}, "Warning", t.terminal ? "GaveUp" : "Undecided", t.message}, error{code, t.message, {}}};
}

} // namespace berth::reconcile::detail

namespace berth::reconcile {

struct any_loop::books {
    /// What is remembered of a key between its plans.
    struct page {
        std::vector<own_write> writes;                    ///< that the caches had not shown yet
        time_point written;                               ///< when
        std::vector<object::resource_name const*> doubts; ///< kinds that it may have written, or not
        std::vector<failure> failures;                    ///< of its last plan
        causes held; ///< why it would have been looked at, had it not been held back
        bool is_held = false;
    };

    explicit books(loop_options const& o)
        : queue(queue_options{o.wait, o.seed, o.retries}, 1, {},
                loop_queue::turns_type(detail::loop_priority{o.priority})) {}

    loop_queue queue;
    std::mutex mutex; ///< of the rest
    std::unordered_map<key, page, key_hash> memory;
    std::unordered_map<key, any_memory, key_hash> kept; ///< by the controller itself
    std::vector<key> held;
    loop_counters counters;
    std::deque<recorded_failure> recent;
    std::deque<look> looks;
    std::set<std::string> complaints;
};

BERTH_DECL any_loop::any_loop(api::any_client client, any_controller c, loop_options options)
    : any_loop(std::move(client), nullptr, std::move(c), std::move(options)) {}

BERTH_DECL any_loop::any_loop(api::any_client client, caches& shared, any_controller c, loop_options options)
    : any_loop(std::move(client), &shared, std::move(c), std::move(options)) {}

BERTH_DECL any_loop::any_loop(api::any_client client, caches* shared, any_controller c, loop_options options)
    : client_(std::move(client)),
      controller_(std::move(c)),
      options_(std::move(options)),
      own_caches_(shared == nullptr ? std::make_unique<caches>(client_, options_.caches) : nullptr),
      caches_(shared == nullptr ? own_caches_.get() : shared),
      seen_(controller_.seen()),
      written_(controller_.written()),
      books_(std::make_unique<books>(options_)) {
    for (auto const* type : seen_) {
        auto indexes = controller_.indexes();
        std::erase_if(indexes, [&](index const& i) { return i.type != type; });
        caches_->follow(*type, std::move(indexes));
    }
    for (auto const& kind : controller_.heard()) hear(kind);
}

BERTH_DECL any_loop::~any_loop() = default;

BERTH_DECL auto any_loop::queue() const -> loop_queue const& { return books_->queue; }

BERTH_DECL auto any_loop::step(time_point now) -> wake {
    auto const wish = own_caches_ ? own_caches_->step(now) : wake::signalled();
    return sooner(wish, work(now));
}

BERTH_DECL auto any_loop::on_wake(waker w) -> void {
    if (own_caches_) own_caches_->on_wake(w);
    subscribe(wakeups_, w);
}

BERTH_DECL auto any_loop::subscribe(wakeups& to, waker w) -> void {
    to = {};
    if (w == waker{}) return;
    to.ready = books_->queue.ready().subscribe(w);
    to.changed = caches_->changed().subscribe(w);
}

BERTH_DECL auto any_loop::ask(key const& k) -> void { books_->queue.add(k, cause::asked); }

BERTH_DECL auto any_loop::counters() const -> loop_counters {
    auto const lock = std::scoped_lock(books_->mutex);
    return books_->counters;
}

BERTH_DECL auto any_loop::recent_failures() const -> std::vector<recorded_failure> {
    auto const lock = std::scoped_lock(books_->mutex);
    return {books_->recent.begin(), books_->recent.end()};
}

BERTH_DECL auto any_loop::looks() const -> std::vector<look> {
    auto const lock = std::scoped_lock(books_->mutex);
    return {books_->looks.begin(), books_->looks.end()};
}

BERTH_DECL auto any_loop::looks(key const& k) const -> std::vector<look> {
    auto out = looks();
    std::erase_if(out, [&](look const& l) { return l.where != k; });
    return out;
}

BERTH_DECL auto any_loop::status_of(key const& k) const -> key_status {
    auto out = key_status{synced(), books_->queue.where_is(k), {}, {}, {}};
    auto const lock = std::scoped_lock(books_->mutex);
    if (auto const found = books_->memory.find(k); found != books_->memory.end()) {
        out.waits_for = found->second.writes;
        forget_shown(out.waits_for);
        out.failures = found->second.failures;
    }
    auto const newest = std::find_if(books_->looks.rbegin(), books_->looks.rend(),
                                     [&](look const& l) { return l.where == k; });
    if (newest != books_->looks.rend()) out.last = *newest;
    return out;
}

BERTH_DECL auto any_loop::synced() const -> bool { return caches_->synced(seen_); }

// ---- from changes to keys ----

BERTH_DECL auto any_loop::hear(detail::heard_kind const& kind) -> void {
    auto handler = [this, &kind](snapshot const& world, change const& c) {
        if (!can_matter(kind, world, c)) return;
        if (kind.as == detail::role::reconciled) {
            constexpr cause why[] = {cause::created, cause::updated, cause::deleted};
            books_->queue.add_now(c.latest()->metadata().where(), world.now(),
                                  detail::causes_of(why[static_cast<std::size_t>(c.type)], c));
        } else if (kind.as == detail::role::owned) {
            for (auto const* o : {&c.before, &c.after})
                if (auto const owner = *o ? owner_of((*o)->metadata()) : std::nullopt)
                    books_->queue.add_now(*owner, world.now(), detail::causes_of(cause::owned, c));
        }
        map_both(kind, world, c);
    };
    listening_.push_back(caches_->listen(kind.type(), std::move(handler)));
}

BERTH_DECL auto any_loop::can_matter(detail::heard_kind const& kind, snapshot const& world,
                                     change const& c) const -> bool {
    if (c.type == change::kind::deleted) return true; // something may be remembered of it
    if (c.type == change::kind::added) return controller_.matters(kind, world, c.after.object);
    return controller_.matters(kind, c.before.object, c.after.object) &&
           (controller_.matters(kind, world, c.after.object) ||
            controller_.matters(kind, world, c.before.object));
}

BERTH_DECL auto any_loop::map_both(detail::heard_kind const& kind, snapshot const& world, change const& c)
    -> void {
    if (kind.keys_for == nullptr) return;
    for (auto const* o : {&c.before, &c.after})
        if (*o)
            for (auto const& k : controller_.keys_for(kind, world, o->object))
                books_->queue.add_now(k, world.now(), detail::causes_of(cause::watched, c));
}

/// The key of the controlling owner, if that is of the reconciled kind (in whatever version).
BERTH_DECL auto any_loop::owner_of(object::meta const& m) const -> std::optional<key> {
    auto const& mine = *controller_.reconciled().resource;
    auto const* owner = object::controller_of(m);
    if (owner == nullptr || owner->kind != mine.kind) return std::nullopt;
    auto const slash = owner->api_version.find('/');
    auto const group = std::string_view(owner->api_version).substr(0, slash == std::string::npos ? 0 : slash);
    if (group != mine.group) return std::nullopt;
    return key{mine.namespaced ? m.namespace_ : std::string(), owner->name};
}

// ---- from keys to plans ----

BERTH_DECL auto any_loop::work(time_point now) -> wake {
    if (!caches_->synced(seen_)) return wake::signalled();
    auto const patience_ends = release_held(now);
    for (std::size_t n = 0; n < options_.batch; ++n) {
        auto const k = books_->queue.get(now);
        if (!k) break;
        auto at = look{*k, time_after(now), {}, {}, look_outcome::nothing_to_do, {}, {}, {}, {}};
        at.why = books_->queue.causes(*k);
        look_at(*k, at);
        auto const over = time_after(at.at);
        at.took = over - at.at;
        books_->queue.done(*k, over);
        if (tells()) tell(std::move(at));
    }
    return sooner(books_->queue.next(), patience_ends);
}

BERTH_DECL auto any_loop::drain(time_point now) -> std::optional<wake> {
    if (!options_.finish) return std::nullopt;
    books_->queue.shut_down();
    auto const wish = work(now);
    if (books_->queue.drained() || !caches_->synced(seen_)) return std::nullopt;
    // What is left is with workers on other threads, or the caches are about to show a write.
    return books_->queue.size() != 0 ? wish : wake::at(now + milliseconds(5));
}

BERTH_DECL auto any_loop::tell(look at) -> void {
    at.next = books_->queue.where_is(at.where).due;
    if (options_.looked) options_.looked(at);
    if (options_.history == 0) return;
    auto const lock = std::scoped_lock(books_->mutex);
    books_->looks.push_back(std::move(at));
    while (books_->looks.size() > options_.history) books_->looks.pop_front();
}

BERTH_DECL auto any_loop::look_at(key const& k, look& at) -> void {
    auto const now = at.at;
    auto const leads = options_.leadership ? options_.leadership() : nullptr;
    if (options_.leadership && !leads) {
        at.end = look_outcome::not_leading;
        books_->queue.add_after(k, seconds(1), now, at.why);
    } else if (!resolve_doubts(k, now)) {
        at.end = look_outcome::unclear;
    } else if (hold_back(k, at)) {
        at.end = look_outcome::held_back;
    } else {
        reconcile_one(k, at, leads);
    }
}

BERTH_DECL auto any_loop::reconcile_one(key const& k, look& at, api::shared_fence const& leads) -> void {
    auto const now = at.at;
    auto const before = recall(k);
    auto decided = decision<any_memory>();
    auto wrong = std::string();
    {
        auto world = caches_->at(now, before.failures);
        world.restrict_to(seen_);
        decided = controller_.reconcile(world, k, before.kept);
        wrong = mistake(world, decided.plan);
    }
    if (!wrong.empty()) return refuse(k, decided.plan, wrong, at);
    auto done = carry_out(decided.plan, leads, now);
    if (decided.plan.error) {
        done.failures.push_back(detail::failure_of(*decided.plan.error));
        done.complete = false;
    }
    at.steps = std::move(done.story);
    if (!done.failures.empty()) at.reason = done.failures.front().why.message;
    requeue(k, decided.plan, done, at);
    remember(k, decided.plan, done, now);
    keep(k, std::move(decided.memory));
}

BERTH_DECL auto any_loop::carry_out(plan const& p, api::shared_fence const& leads, time_point now)
    -> outcome {
    auto const record = [&](note const& n) {
        if (options_.record) options_.record(n, now);
    };
    auto const how = apply_options{controller_.name(), options_.budget, options_.clock, tells()};
    if (!leads) return apply(client_, p, record, how);
    auto guarded = api::fenced_client(client_, leads);
    return apply(guarded, p, record, how);
}

/// When a key is looked at again, after a plan of it.
BERTH_DECL auto any_loop::requeue(key const& k, plan const& p, outcome const& done, look& at) -> void {
    auto const now = at.at;
    auto const gave_up = p.error && p.error->terminal;
    auto const refused = done.failures.size() > (gave_up ? 1U : 0U);
    if (refused) {
        at.end = look_outcome::failed;
        books_->queue.add_rate_limited(k, now, cause::failed);
    } else if (done.conflicts != 0) {
        at.end = look_outcome::conflict;
        books_->queue.add_rate_limited(k, now, cause::conflict);
    } else if (done.put_off != 0) {
        at.end = look_outcome::put_off;
        books_->queue.add_after(k, done.wait > duration{} ? done.wait : options_.put_off, now,
                                cause::put_off);
    } else if (done.cut != 0) {
        at.end = look_outcome::cut;
        books_->queue.add_now(k, now, cause::budget);
    } else if (gave_up) {
        at.end = look_outcome::gave_up;
        books_->queue.forget(k);
    } else {
        at.end = p.empty() ? look_outcome::nothing_to_do : look_outcome::carried_out;
        if (done.steps != 0 || !p.again_after) books_->queue.forget(k);
        if (p.again_after) books_->queue.add_after(k, *p.again_after, now, cause::again);
    }
}

/// Tells of a mistake in the controller, and leaves the key alone until something happens to it: to try again
/// would be the same mistake.
BERTH_DECL auto any_loop::refuse(key const& k, plan const& p, std::string const& why, look& at) -> void {
    auto done = outcome{};
    done.failures.push_back({note{{}, "Warning", "Undeclared", why}, error{error_code::internal, why, {}}});
    done.complete = false;
    at.end = look_outcome::mistake;
    at.reason = why;
    remember(k, p, done, at.at);
    books_->queue.forget(k);
    {
        auto const lock = std::scoped_lock(books_->mutex);
        if (!books_->complaints.insert(why).second) return;
    }
    if (options_.complain) options_.complain(why);
    else static_cast<void>(std::fputs(("berth: " + why + "\n").c_str(), stderr));
}

/// What the controller has looked at, or would write, though it does not declare it; empty if nothing.
BERTH_DECL auto any_loop::mistake(snapshot const& world, plan const& p) const -> std::string {
    auto const sentence = [this](std::string const& what, std::string const& remedy) {
        return "controller " + std::string(controller_.name()) + ' ' + what +
               ", which it does not declare; its plan was not carried out. Add " + remedy;
    };
    if (auto const* r = world.undeclared())
        return sentence("reads " + std::string(r->plural),
                        std::string(r->kind) + " to its `owns`, `watches` or `reads`");
    if (auto const name = std::string(world.undeclared_index()); !name.empty())
        return sentence("uses the index " + name, "it to its `indexes`");
    // Whoever scales, scales whatever has a scale, of kinds that nobody can declare beforehand.
    auto const gives_scale = [](reconcile::step const& s) {
        auto const* const patch = std::get_if<patch_step>(&s);
        return patch != nullptr && patch->subresource == "scale";
    };
    for (auto const& s : p.steps) {
        auto const* r = gives_scale(s) ? nullptr : resource_of(s);
        auto const declared = [&](auto const* t) { return *t->resource == *r; };
        if (r != nullptr && std::none_of(written_.begin(), written_.end(), declared))
            return sentence("writes " + std::string(r->plural),
                            std::string(r->kind) + " to its `owns` or `writes`");
    }
    return {};
}

// ---- what is remembered of a key ----

BERTH_DECL auto any_loop::recall(key const& k) const -> recollection {
    auto const lock = std::scoped_lock(books_->mutex);
    auto out = recollection();
    if (auto const found = books_->memory.find(k); found != books_->memory.end())
        out.failures = found->second.failures;
    if (auto const found = books_->kept.find(k); found != books_->kept.end()) out.kept = found->second;
    return out;
}

BERTH_DECL auto any_loop::keep(key const& k, any_memory kept) -> void {
    auto const lock = std::scoped_lock(books_->mutex);
    if (kept == nullptr) books_->kept.erase(k);
    else books_->kept[k] = std::move(kept);
}

BERTH_DECL auto any_loop::remember(key const& k, plan const& p, outcome& done, time_point now) -> void {
    auto const lock = std::scoped_lock(books_->mutex);
    ++books_->counters.reconciles;
    books_->counters.empty_plans += p.empty() ? 1U : 0U;
    books_->counters.steps += done.steps;
    books_->counters.conflicts += done.conflicts;
    books_->counters.failures += done.failures.size();
    books_->counters.notes += done.notes;
    books_->counters.put_off += done.put_off;
    books_->counters.cut += done.cut != 0 ? 1U : 0U;
    for (auto const& f : done.failures) books_->recent.push_back({now, k, f});
    while (books_->recent.size() > 100) books_->recent.pop_front();
    if (done.writes.empty() && done.failures.empty()) {
        books_->memory.erase(k);
        return;
    }
    auto& m = books_->memory[k];
    m.failures = done.failures;
    m.writes = std::move(done.writes);
    m.doubts = std::move(done.doubtful);
    m.written = now;
}

/// Where the answer to a write was lost, the write has to be taken for done: whatever the kind's revision
/// is by now must be seen first. If the API does not answer that either, the key backs off.
BERTH_DECL auto any_loop::resolve_doubts(key const& k, time_point now) -> bool {
    auto doubts = std::vector<object::resource_name const*>();
    {
        auto const lock = std::scoped_lock(books_->mutex);
        auto const found = books_->memory.find(k);
        if (found == books_->memory.end() || found->second.doubts.empty()) return true;
        doubts = found->second.doubts;
    }
    auto seen_by_then = std::vector<own_write>();
    for (auto const* r : doubts) {
        auto options = api::list_options{};
        options.limit = 1;
        auto const page = client_.list(*r, options);
        if (!page) {
            books_->queue.add_rate_limited(k, now, cause::failed);
            return false;
        }
        seen_by_then.push_back({reference(*r, {}), page->rev, false});
    }
    auto const lock = std::scoped_lock(books_->mutex);
    auto& m = books_->memory[k];
    m.doubts.clear();
    for (auto& w : seen_by_then) m.writes.push_back(std::move(w));
    return true;
}

/// Whether the caches have yet to show something that the key's last plan wrote; then it waits for that.
BERTH_DECL auto any_loop::hold_back(key const& k, look& at) -> bool {
    auto const now = at.at;
    auto const lock = std::scoped_lock(books_->mutex);
    auto const found = books_->memory.find(k);
    if (found == books_->memory.end()) return false;
    auto& m = found->second;
    if (now - m.written >= options_.patience) m.writes.clear();
    forget_shown(m.writes);
    if (m.writes.empty()) {
        if (m.failures.empty()) books_->memory.erase(found);
        return false;
    }
    m.held.merge(at.why);
    at.waits_for = m.writes;
    if (!std::exchange(m.is_held, true)) books_->held.push_back(k);
    ++books_->counters.held_back;
    return true;
}

/// Lets go of the keys whose writes are shown by now, or whose patience has ended. Answers when the next
/// one's does.
BERTH_DECL auto any_loop::release_held(time_point now) -> wake {
    auto const lock = std::scoped_lock(books_->mutex);
    auto wish = wake::signalled();
    std::erase_if(books_->held, [&](key const& k) {
        auto const found = books_->memory.find(k);
        if (found == books_->memory.end()) return true;
        auto& m = found->second;
        forget_shown(m.writes);
        if (!m.writes.empty() && now - m.written < options_.patience) {
            wish = sooner(wish, wake::at(m.written + options_.patience));
            return false;
        }
        m.writes.clear();
        m.is_held = false;
        m.held.merge(cause::own_write);
        books_->queue.add_now(k, now, std::exchange(m.held, {}));
        return true;
    });
    return wish;
}

BERTH_DECL auto any_loop::forget_shown(std::vector<own_write>& writes) const -> void {
    std::erase_if(writes, [this](own_write const& w) {
        object::type_info const* type = nullptr;
        for (auto const* t : seen_)
            if (*t->resource == *w.what.resource) type = t;
        return type == nullptr || (!w.removed && caches_->revision(*type) >= w.rev) || is_shown(*type, w);
    });
}

/// A deletion has no revision to wait for: the answer to it may tell that of the object's last write.
BERTH_DECL auto any_loop::is_shown(object::type_info const& type, own_write const& w) const -> bool {
    auto const world = caches_->at({});
    auto const* there = world.table_of(type)->find(w.what.where);
    if (!w.removed) return there != nullptr && there->rev >= w.rev;
    return there == nullptr || there->object.metadata().uid != w.what.uid ||
           there->object.metadata().deleting();
}

} // namespace berth::reconcile
