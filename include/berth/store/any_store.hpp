#pragma once

/// \file
/// A store that is chosen at run time: any model of `versioned_store`, erased.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/step.hpp>
#include <berth/store/detail/ends_leases.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/operations.hpp>
#include <berth/store/types.hpp>
#include <berth/store/versioned_store.hpp>
#include <berth/store/watch.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::store {
namespace detail {

/// Owns a value of a type that only the functions of a table know.
class owned {
public:
    owned() = default;
    template <class T>
    explicit owned(std::in_place_type_t<T>, T value)
        : value_(new T(std::move(value))), drop_([](void* v) { delete static_cast<T*>(v); }) {}
    owned(owned&& other) noexcept
        : value_(std::exchange(other.value_, nullptr)), drop_(std::exchange(other.drop_, nullptr)) {}
    auto operator=(owned&& other) noexcept -> owned&;
    owned(owned const&) = delete;
    auto operator=(owned const&) -> owned& = delete;
    ~owned() {
        if (value_ != nullptr) drop_(value_);
    }

    [[nodiscard]] auto get() const -> void* { return value_; }

private:
    void* value_ = nullptr;
    auto (*drop_)(void*) -> void = nullptr;
};

/// The functions of an erased cursor.
template <class V> struct cursor_table {
    auto (*next)(void*) -> batch<V>;
    auto (*next_some)(void*, std::size_t) -> batch<V>;
    auto (*progress)(void const*) -> revision_number;
    auto (*on_wake)(void*, waker) -> void;
};

template <class V, class C> inline constexpr cursor_table<V> cursor_table_of = {
    .next = [](void* c) -> batch<V> { return static_cast<C*>(c)->next(); },
    .next_some = [](void* c, std::size_t at_most) -> batch<V> {
        auto& held = *static_cast<C*>(c);
        if constexpr (requires { held.next(at_most); }) return held.next(at_most);
        else return held.next();
    },
    .progress = [](void const* c) -> revision_number { return static_cast<C const*>(c)->progress(); },
    .on_wake = [](void* c, waker w) { static_cast<C*>(c)->on_wake(w); },
};

} // namespace detail

/// A cursor of any store of values `V`; models `watch_cursor`. One indirect call more than what it holds.
/// After it was moved from, it can only be assigned to or destroyed.
template <class V> class any_cursor {
public:
    template <class C>
        requires(!std::same_as<std::remove_cvref_t<C>, any_cursor> && watch_cursor<C, V>)
    explicit any_cursor(C cursor)
        : table_(&detail::cursor_table_of<V, C>), cursor_(std::in_place_type<C>, std::move(cursor)) {}

    [[nodiscard]] auto next() -> batch<V> { return table_->next(cursor_.get()); }
    /// About `at_most` events; as many as `next()` gives if the cursor in it has no such member.
    [[nodiscard]] auto next(std::size_t at_most) -> batch<V> {
        return table_->next_some(cursor_.get(), at_most);
    }
    [[nodiscard]] auto progress() const -> revision_number { return table_->progress(cursor_.get()); }
    auto on_wake(waker w) -> void { table_->on_wake(cursor_.get(), w); }

private:
    detail::cursor_table<V> const* table_;
    detail::owned cursor_;
};

namespace detail {

/// The functions of an erased store.
template <class V> struct store_table {
    auto (*revision)(void const*) -> revision_number;
    auto (*compacted)(void const*) -> revision_number;
    auto (*changed)(void*) -> wake_signal&;
    auto (*range)(void const*, range_request const&) -> result<range_reply<V>>;
    auto (*commit)(void*, std::span<txn<V> const>) -> std::vector<result<txn_reply<V>>>;
    auto (*put)(void*, put_request<V>&&) -> result<put_reply<V>>;
    auto (*erase)(void*, erase_request const&) -> result<erase_reply<V>>;
    auto (*compact)(void*, revision_number) -> result<void>;
    auto (*watch)(void*, watch_request const&) -> result<any_cursor<V>>;
    auto (*grant)(void*, lease_request const&) -> result<lease_grant>;
    auto (*keep_alive)(void*, lease_id) -> result<lease_grant>;
    auto (*revoke)(void*, lease_id) -> result<revision_number>;
    auto (*time_to_live)(void const*, lease_id, bool) -> result<lease_status>;
    auto (*leases)(void const*) -> result<std::vector<lease_id>>;
    auto (*expire)(void*) -> result<std::optional<duration>>;
    auto (*leased)(void*) -> wake_signal&;
};

template <class S, class V = typename S::value_type> inline constexpr store_table<V> store_table_of = {
    .revision = [](void const* s) -> revision_number { return static_cast<S const*>(s)->revision(); },
    .compacted = [](void const* s) -> revision_number { return static_cast<S const*>(s)->compacted(); },
    .changed = [](void* s) -> wake_signal& { return static_cast<S*>(s)->changed(); },
    .range = [](void const* s, range_request const& r) -> result<range_reply<V>> {
        return static_cast<S const*>(s)->range(r);
    },
    .commit = [](void* s, std::span<txn<V> const> batch) -> std::vector<result<txn_reply<V>>> {
        return static_cast<S*>(s)->commit(batch);
    },
    .put = [](void* s, put_request<V>&& r) -> result<put_reply<V>> {
        return store::put(*static_cast<S*>(s), std::move(r));
    },
    .erase = [](void* s, erase_request const& r) -> result<erase_reply<V>> {
        return store::erase(*static_cast<S*>(s), r);
    },
    .compact = [](void* s, revision_number at) -> result<void> { return static_cast<S*>(s)->compact(at); },
    .watch = [](void* s, watch_request const& r) -> result<any_cursor<V>> {
        auto made = static_cast<S*>(s)->watch(r);
        if (!made) return std::unexpected(std::move(made.error()));
        return any_cursor<V>{std::move(*made)};
    },
    .grant = [](void* s, lease_request const& r) -> result<lease_grant> {
        return static_cast<S*>(s)->grant(r);
    },
    .keep_alive = [](void* s, lease_id id) -> result<lease_grant> {
        return static_cast<S*>(s)->keep_alive(id);
    },
    .revoke = [](void* s, lease_id id) -> result<revision_number> { return static_cast<S*>(s)->revoke(id); },
    .time_to_live = [](void const* s, lease_id id, bool with_keys) -> result<lease_status> {
        return static_cast<S const*>(s)->time_to_live(id, with_keys);
    },
    .leases = [](void const* s) -> result<std::vector<lease_id>> {
        return static_cast<S const*>(s)->leases();
    },
    .expire = [](void* s) -> result<std::optional<duration>> {
        if constexpr (ends_leases<S>) return static_cast<S*>(s)->expire();
        else return std::optional<duration>{};
    },
    .leased = [](void* s) -> wake_signal& {
        if constexpr (ends_leases<S>) return static_cast<S*>(s)->leased();
        else return static_cast<S*>(s)->changed();
    },
};

} // namespace detail

/// Any store of values `V`: in memory, on disk, in another process, with layers or without, as a
/// configuration says. Models `versioned_store`, answers like what it holds, and costs one indirect call per
/// operation (and one allocation per watch). After it was moved from, it can only be assigned to or
/// destroyed.
///
/// To hold a store that stays where it is: `any_store<V>{by_reference(store)}`.
template <class V> class any_store {
public:
    using value_type = V;
    using cursor = any_cursor<V>;

    /// Holds the store, which is moved in.
    template <class S>
        requires(!std::same_as<S, any_store> && versioned_store<S> && std::same_as<typename S::value_type, V>)
    any_store(S store) // NOLINT(google-explicit-constructor): a store is an any_store
        : table_(&detail::store_table_of<S>), store_(std::in_place_type<S>, std::move(store)) {}

    [[nodiscard]] auto revision() const -> revision_number { return table_->revision(store_.get()); }
    [[nodiscard]] auto compacted() const -> revision_number { return table_->compacted(store_.get()); }
    [[nodiscard]] auto changed() -> wake_signal& { return table_->changed(store_.get()); }

    [[nodiscard]] auto range(range_request const& request) const -> result<range_reply<V>> {
        return table_->range(store_.get(), request);
    }
    auto commit(std::span<txn<V> const> batch) -> std::vector<result<txn_reply<V>>> {
        return table_->commit(store_.get(), batch);
    }
    /// By the store's own `put` if it has one, else by a transaction; so `erase`.
    auto put(put_request<V> request) -> result<put_reply<V>> {
        return table_->put(store_.get(), std::move(request));
    }
    auto erase(erase_request const& request) -> result<erase_reply<V>> {
        return table_->erase(store_.get(), request);
    }
    auto compact(revision_number at) -> result<void> { return table_->compact(store_.get(), at); }
    [[nodiscard]] auto watch(watch_request const& request) -> result<cursor> {
        return table_->watch(store_.get(), request);
    }

    auto grant(lease_request const& wish) -> result<lease_grant> { return table_->grant(store_.get(), wish); }
    auto keep_alive(lease_id id) -> result<lease_grant> { return table_->keep_alive(store_.get(), id); }
    auto revoke(lease_id id) -> result<revision_number> { return table_->revoke(store_.get(), id); }
    [[nodiscard]] auto time_to_live(lease_id id, bool with_keys) const -> result<lease_status> {
        return table_->time_to_live(store_.get(), id, with_keys);
    }
    [[nodiscard]] auto leases() const -> result<std::vector<lease_id>> {
        return table_->leases(store_.get());
    }

    /// For a `lessor`. Has nothing to do if the store in it ends leases by itself.
    auto expire() -> result<std::optional<duration>> { return table_->expire(store_.get()); }
    [[nodiscard]] auto leased() -> wake_signal& { return table_->leased(store_.get()); }

private:
    detail::store_table<V> const* table_;
    detail::owned store_;
};

} // namespace berth::store

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/any_store.ipp>
#endif
