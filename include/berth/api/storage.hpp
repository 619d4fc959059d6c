#pragma once

/// \file
/// Objects in a versioned store: reading, paging, watching and optimistic writes, without any policy.

#include <berth/api/expiry.hpp>
#include <berth/api/key_space.hpp>
#include <berth/api/list_rules.hpp>
#include <berth/api/object_store.hpp>
#include <berth/api/watcher.hpp>
#include <berth/core/config.hpp>
#include <berth/store/operations.hpp>

#include <concepts>
#include <iterator>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::api {

/// What a write makes of what is there.
struct change {
    enum class kind : std::uint8_t { nothing, put, erase };

    kind what = kind::nothing;
    object::any_object object; ///< what is to be there; the last state of what is erased
};

/// A key of the store that must still be at a revision when something else is written.
struct store_guard {
    std::string key;
    object::revision rev = 0;
};

/// A write as `storage::modify` carries it out: what is where; what to do, given what is there (empty:
/// nothing); what became of it. One that `needs_read` is told what is there before it decides; one that
/// expects nothing there need not be. A task that has written may go on: it is done when it says so. One with
/// a `guard() -> store_guard const*` is written only if that still holds, and else asked again.
template <class T>
concept write_task = requires(T& t, object::object_ref const& there, error e) {
    { t.of() } -> std::same_as<kind const&>;
    { t.where() } -> std::same_as<object::key const&>;
    { t.needs_read() } -> std::same_as<bool>;
    { t.decide(there) } -> std::same_as<change>;
    { t.wrote(there) } -> std::same_as<void>;
    { t.fail(e) } -> std::same_as<void>;
    { t.is_done() } -> std::same_as<bool>;
    { t.may_go_on() } -> std::same_as<bool>;
};

/// The objects of an API in a store. All members are safe to call from several threads at once.
class storage {
public:
    /// `expiry` says which objects go by themselves; null: none.
    explicit storage(object_store store, std::unique_ptr<expiry_leases> expiry = {})
        : store_(std::make_unique<object_store>(std::move(store))), expiry_(std::move(expiry)) {}

    [[nodiscard]] auto store() const -> object_store& { return *store_; }

    /// Errors: `not_found`.
    auto read(kind const& k, object::key const& where) const -> result<object::object_ref>;

    /// A page of a list as it was planned. Errors: `expired`, `future_revision`.
    auto list(kind const& k, std::string_view namespace_, selection const& chosen,
              list_plan const& plan) const -> result<object_list>;

    /// A watch from just after a revision; from the present state, told first, if `from` is 0.
    /// Errors: `expired`, `future_revision`.
    auto watch(std::shared_ptr<kind const> of, watch_options const& o, selection chosen,
               object::revision from) const -> result<watcher>;

    /// Carries writes out: the one place where objects are written, and where what lost a race is tried
    /// again. Each task is asked what is to be done, given what is there; if somebody else wrote the object
    /// meanwhile, it is asked again, given that. Tasks of one object are done in their order, and those of
    /// different objects in one batch: one round trip to read, one to write.
    template <write_task Task> auto modify(std::span<Task> tasks) const -> void {
        auto waiting = std::vector<attempt<Task>>();
        waiting.reserve(tasks.size());
        for (auto& t : tasks)
            if (!t.is_done()) waiting.push_back({&t, {}, {}, !t.needs_read(), 0});
        while (!waiting.empty()) {
            auto const wave = first_of_each_object(waiting);
            read_all(std::span(waiting).first(wave));
            write_all(std::span(waiting).first(wave));
            std::erase_if(waiting, [](auto const& a) { return a.task->is_done(); });
        }
    }

private:
    using key_value = store::key_value<object::any_object>;
    using transaction = store::txn<object::any_object>;
    using reply = result<store::txn_reply<object::any_object>>;

    /// A task on its way, and what it knows to be there.
    template <class Task> struct attempt {
        Task* task;
        std::string key;
        object::object_ref current; ///< empty: nothing is there
        bool known;                 ///< whether `current` was read
        unsigned tries;
        store::lease_id lease = 0; ///< on which what is written hangs
    };

    /// More races than this in a row are not lost by chance.
    static constexpr unsigned most_tries = 256;

    /// Brings the first task of each object to the front, in their order; how many there are.
    template <class Task> static auto first_of_each_object(std::vector<attempt<Task>>& all) -> std::size_t {
        if (all.size() == 1) return 1;
        auto seen = std::set<std::pair<object::resource_name const*, object::key>>();
        auto first = std::vector<attempt<Task>>();
        auto later = std::vector<attempt<Task>>();
        for (auto& a : all) {
            auto const& where = a.task->where();
            auto const is_first = where.name.empty() || seen.emplace(a.task->of().resource, where).second;
            (is_first ? first : later).push_back(std::move(a));
        }
        auto const count = first.size();
        all = std::move(first);
        std::move(later.begin(), later.end(), std::back_inserter(all));
        return count;
    }

    template <class Task> auto read_all(std::span<attempt<Task>> wave) const -> void {
        auto batch = std::vector<transaction>();
        auto asking = std::vector<attempt<Task>*>();
        for (auto& a : wave) {
            if (a.known) continue;
            a.key = key_of(a.task->of().kept_as(), a.task->where());
            asking.push_back(&a);
        }
        if (asking.size() == 1) {
            auto found = store::get(*store_, asking.front()->key);
            return found ? learn(*asking.front(), *found)
                         : asking.front()->task->fail(std::move(found).error());
        }
        for (auto const* a : asking) {
            auto& t = batch.emplace_back();
            t.then.emplace_back(store::range_request{.key = a->key});
        }
        if (batch.empty()) return;
        auto replies = store_->commit(batch);
        for (std::size_t i = 0; i < asking.size(); ++i) {
            if (!replies[i]) asking[i]->task->fail(std::move(replies[i]).error());
            else learn(*asking[i], replies[i]->replies.front().range());
        }
    }
    template <class Task>
    static auto learn(attempt<Task>& a, store::range_reply<object::any_object> const& found) -> void {
        learn(a, found.kvs.empty() ? key_value() : found.kvs.front());
    }
    template <class Task> static auto learn(attempt<Task>& a, key_value const& there) -> void {
        a.known = true;
        a.current = {};
        if (!there) return;
        auto object = unwrap(a.task->of(), there);
        if (object) a.current = *std::move(object);
        else a.task->fail(std::move(object).error());
    }

    template <class Task> auto write_all(std::span<attempt<Task>> wave) const -> void {
        auto batch = std::vector<transaction>();
        auto writing = std::vector<std::pair<attempt<Task>*, change>>();
        for (auto& a : wave) {
            if (a.task->is_done()) continue;
            auto wanted = a.task->decide(a.current);
            if (wanted.what == change::kind::nothing) continue; // it has answered
            a.key = key_of(a.task->of().kept_as(), a.task->where());
            if (auto ok = add_write(batch, a, wanted); !ok) {
                a.task->fail(std::move(ok).error());
                continue;
            }
            add_guard(batch.back(), *a.task);
            writing.emplace_back(&a, std::move(wanted));
        }
        if (batch.empty()) return;
        auto replies = store_->commit(batch);
        for (std::size_t i = 0; i < writing.size(); ++i)
            settle(*writing[i].first, std::move(writing[i].second), std::move(replies[i]));
    }

    template <class Task>
    auto add_write(std::vector<transaction>& batch, attempt<Task>& a, change const& wanted) const
        -> result<void> {
        if (wanted.what == change::kind::erase) {
            batch.push_back(store::if_unchanged<object::any_object>(a.key, a.current.rev,
                                                                    store::erase_request{.key = a.key}));
            return {};
        }
        auto kept = wrap(a.task->of(), wanted.object);
        if (!kept) return std::unexpected(std::move(kept).error());
        auto lease = lease_for(a.task->of());
        if (!lease) return std::unexpected(std::move(lease).error());
        a.lease = *lease;
        auto step =
            store::put_request<object::any_object>{.key = a.key, .value = *std::move(kept), .lease = a.lease};
        batch.push_back(store::if_unchanged<object::any_object>(a.key, a.current.rev, std::move(step)));
        return {};
    }

    template <class Task> static auto add_guard(transaction& t, Task const& task) -> void {
        if constexpr (requires { task.guard(); })
            if (store_guard const* const g = task.guard(); g != nullptr)
                t.when.push_back({.key = g->key, .number = g->rev});
    }

    template <class Task> auto settle(attempt<Task>& a, change wanted, reply done) const -> void {
        if (!done && has_lost_lease(a.lease, done.error()) && ++a.tries < most_tries) return;
        auto outcome = store::optimistic(std::move(done));
        if (!outcome) return a.task->fail(std::move(outcome).error());
        if (outcome->succeeded) {
            auto const erased = wanted.what == change::kind::erase;
            auto now = object::object_ref{std::move(wanted.object), outcome->revision};
            a.current = erased ? object::object_ref{} : now;
            return a.task->wrote(std::move(now));
        }
        learn(a, outcome->current);
        if (a.task->is_done() || (++a.tries < most_tries && a.task->may_go_on())) return;
        auto const& r = *a.task->of().resource;
        auto const name = a.task->where().name;
        a.task->fail((a.current ? modified(r, name) : not_found(r, name)).error());
    }

    /// The lease that an object of the kind hangs on; 0: none.
    auto lease_for(kind const& k) const -> result<store::lease_id>;
    /// Whether a write failed because its lease is gone: the next one gets another.
    auto has_lost_lease(store::lease_id lease, error const& why) const -> bool;

    /// What a store gave as an object of the kind. Errors: `internal`.
    static auto unwrap(kind const& k, key_value const& kv) -> result<object::object_ref>;
    /// An object of the kind as it is stored.
    static auto wrap(kind const& k, object::any_object const& o) -> result<object::any_object>;

    /// The namespace that the request or its field selector narrows the keys to.
    static auto scope_of(kind const& k, std::string_view namespace_, selection const& chosen)
        -> std::string_view {
        if (!k.resource->namespaced) return {};
        return namespace_.empty() ? chosen.required("metadata.namespace") : namespace_;
    }

    /// A page whose moment is no longer kept: the next list, or an inconsistent continuation.
    static auto expired(list_plan const& plan, std::string const&) -> std::unexpected<error>;

    std::unique_ptr<object_store> store_; // stays where it is: watches refer to it
    std::unique_ptr<expiry_leases> expiry_;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/storage.ipp>
#endif
