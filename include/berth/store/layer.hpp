#pragma once

/// \file
/// Layers: what changes a store a little and leaves the rest as it is. `store | with_x(...)` is a store, and
/// `with_x(...) | with_y(...)` a layer.

#include <berth/core/error.hpp>
#include <berth/core/step.hpp>
#include <berth/store/detail/ends_leases.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/operation_kind.hpp>
#include <berth/store/operations.hpp>
#include <berth/store/types.hpp>
#include <berth/store/versioned_store.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::store {

/// What a type derives from to be a layer.
struct is_layer {};

/// A value that stands in front of a store and takes part in some of its operations.
///
/// Minimal definition: derived from `is_layer`, movable. Each of these members is there or not; they are
/// const, since several threads may call them at once, and what they remember lives elsewhere (behind a
/// pointer that copies share):
/// * `around(inner, kind, call)` stands around each operation that has no member of its own: `call()` does
///   it, once at most, and gives its result, which has the type that `around` must return;
/// * `range(inner, request)`, `commit(inner, batch)`, `put`, `erase`, `compact(inner, revision)`,
///   `watch(inner, request)`, `grant`, `keep_alive`, `revoke`, `time_to_live(inner, id, with_keys)` and
///   `leases(inner)` take the place of one operation. They answer as `versioned_store` says; `watch` may give
///   cursors of a type of its own. Cursors must not refer to the store or the layer, which may be moved.
///
/// A layer with a `commit` sees puts and deletions as transactions, unless it has a `put` and an `erase`: it
/// need not state twice what it does to writes. Revisions and the signal always pass.
///
/// Laws: a store with a layer obeys the laws of stores wherever the layer does not say otherwise; joining is
/// associative: `(s | a) | b` is `s | (a | b)`.
/// Models: what `with_faults`, `with_fence`, `with_history`, `with_metrics` and `with_prefix` return.
template <class L>
concept store_layer = std::derived_from<L, is_layer> && std::movable<L>;

namespace detail {

/// How many events a cursor of a layer pulls at a time, if nobody says.
inline constexpr std::size_t usual_batch = 1'000;

/// The next events, about `at_most` of them if the cursor knows how to stop.
template <class C> [[nodiscard]] auto pull(C& cursor, std::size_t at_most) -> decltype(cursor.next()) {
    if constexpr (requires { cursor.next(at_most); }) return cursor.next(at_most);
    else return cursor.next();
}

template <class S, class L> struct cursor_behind {
    using type = typename S::cursor;
};
template <class S, class L>
    requires requires(S& inner, L const& layer, watch_request const& w) { layer.watch(inner, w); }
struct cursor_behind<S, L> {
    using type = typename decltype(std::declval<L const&>().watch(
        std::declval<S&>(), std::declval<watch_request const&>()))::value_type;
};

} // namespace detail

/// A store with a layer in front of it; models `versioned_store`. Movable like the store in it. A layer costs
/// what its own members do; there are no virtual calls.
template <versioned_store S, store_layer L> class layered {
    using value = typename S::value_type;

    static consteval auto sees_commits() -> bool {
        return requires(S& s, L const& l, std::span<txn<value> const> batch) { l.commit(s, batch); };
    }
    static consteval auto sees_puts() -> bool {
        return requires(S& s, L const& l, put_request<value> r) { l.put(s, std::move(r)); };
    }
    static consteval auto sees_erasures() -> bool {
        return requires(S& s, L const& l, erase_request const& r) { l.erase(s, r); };
    }

public:
    using value_type = typename S::value_type;
    using cursor = typename detail::cursor_behind<S, L>::type;

    layered(S inner, L layer) : inner_(std::move(inner)), layer_(std::move(layer)) {}

    /// The store behind the layer, for what only that one can do.
    [[nodiscard]] auto inner() -> S& { return inner_; }
    [[nodiscard]] auto inner() const -> S const& { return inner_; }
    /// The layer, which shares what it remembers with its copies.
    [[nodiscard]] auto layer() const -> L const& { return layer_; }

    [[nodiscard]] auto revision() const -> revision_number { return inner_.revision(); }
    [[nodiscard]] auto compacted() const -> revision_number { return inner_.compacted(); }
    [[nodiscard]] auto changed() -> wake_signal& { return inner_.changed(); }

    [[nodiscard]] auto range(range_request const& request) const -> result<range_reply<value_type>> {
        if constexpr (requires { layer_.range(inner_, request); }) return layer_.range(inner_, request);
        else return through(inner_, operation_kind::range, [&] { return inner_.range(request); });
    }

    auto commit(std::span<txn<value_type> const> batch) -> std::vector<result<txn_reply<value_type>>> {
        if constexpr (sees_commits()) return layer_.commit(inner_, batch);
        else return through(inner_, operation_kind::commit, [&] { return inner_.commit(batch); });
    }

    /// A transaction of one put, by the shortest way that the layer and the store have.
    auto put(put_request<value_type> request) -> result<put_reply<value_type>>
        requires(sees_puts() || !sees_commits())
    {
        if constexpr (sees_puts()) {
            return layer_.put(inner_, std::move(request));
        } else {
            return through(inner_, operation_kind::put,
                           [&] { return store::put(inner_, std::move(request)); });
        }
    }

    /// A transaction of one deletion, likewise.
    auto erase(erase_request const& request) -> result<erase_reply<value_type>>
        requires(sees_erasures() || !sees_commits())
    {
        if constexpr (sees_erasures()) return layer_.erase(inner_, request);
        else return through(inner_, operation_kind::erase, [&] { return store::erase(inner_, request); });
    }

    auto compact(revision_number at) -> result<void> {
        if constexpr (requires { layer_.compact(inner_, at); }) return layer_.compact(inner_, at);
        else return through(inner_, operation_kind::compact, [&] { return inner_.compact(at); });
    }

    [[nodiscard]] auto watch(watch_request const& request) -> result<cursor> {
        if constexpr (requires { layer_.watch(inner_, request); }) return layer_.watch(inner_, request);
        else return through(inner_, operation_kind::watch, [&] { return inner_.watch(request); });
    }

    auto grant(lease_request const& wish) -> result<lease_grant> {
        if constexpr (requires { layer_.grant(inner_, wish); }) return layer_.grant(inner_, wish);
        else return through(inner_, operation_kind::grant, [&] { return inner_.grant(wish); });
    }
    auto keep_alive(lease_id id) -> result<lease_grant> {
        if constexpr (requires { layer_.keep_alive(inner_, id); }) return layer_.keep_alive(inner_, id);
        else return through(inner_, operation_kind::keep_alive, [&] { return inner_.keep_alive(id); });
    }
    auto revoke(lease_id id) -> result<revision_number> {
        if constexpr (requires { layer_.revoke(inner_, id); }) return layer_.revoke(inner_, id);
        else return through(inner_, operation_kind::revoke, [&] { return inner_.revoke(id); });
    }
    [[nodiscard]] auto time_to_live(lease_id id, bool with_keys) const -> result<lease_status> {
        if constexpr (requires { layer_.time_to_live(inner_, id, with_keys); }) {
            return layer_.time_to_live(inner_, id, with_keys);
        } else {
            return through(inner_, operation_kind::time_to_live,
                           [&] { return inner_.time_to_live(id, with_keys); });
        }
    }
    [[nodiscard]] auto leases() const -> result<std::vector<lease_id>> {
        if constexpr (requires { layer_.leases(inner_); }) return layer_.leases(inner_);
        else return through(inner_, operation_kind::leases, [&] { return inner_.leases(); });
    }

    /// For a `lessor`, if the store needs one. Nobody asked for this, so no layer sees it.
    auto expire() -> result<std::optional<duration>>
        requires detail::ends_leases<S>
    {
        return inner_.expire();
    }
    [[nodiscard]] auto leased() -> wake_signal&
        requires detail::ends_leases<S>
    {
        return inner_.leased();
    }

private:
    /// One operation, with the layer around it if it wants to be.
    template <class Inner, class Call>
    auto through(Inner& inner, operation_kind kind, Call call) const -> decltype(call()) {
        if constexpr (requires { layer_.around(inner, kind, call); }) return layer_.around(inner, kind, call);
        else return call();
    }

    S inner_;
    [[no_unique_address]] L layer_;
};

/// Two layers as one: `first` is the nearer to the store.
template <store_layer A, store_layer B> struct joined_layers : is_layer {
    joined_layers(A a, B b) : first(std::move(a)), second(std::move(b)) {}

    [[no_unique_address]] A first;
    [[no_unique_address]] B second;
};

namespace detail {

template <class L> inline constexpr bool is_joined = false;
template <class A, class B> inline constexpr bool is_joined<joined_layers<A, B>> = true;

/// Puts one layer after the other in front of a store that is moved in.
template <versioned_store S, store_layer L> [[nodiscard]] auto put_in_front(S store, L layer) {
    if constexpr (is_joined<L>) {
        return put_in_front(put_in_front(std::move(store), std::move(layer.first)), std::move(layer.second));
    } else {
        static_assert(
            versioned_store<layered<S, L>>,
            "a member of the layer answers with another type than the concept versioned_store says");
        return layered<S, L>(std::move(store), std::move(layer));
    }
}

} // namespace detail

/// The store with the layer in front of it; the store is moved in.
template <class S, store_layer L>
    requires(!std::is_reference_v<S> && !std::is_const_v<S> && versioned_store<S>)
[[nodiscard]] auto operator|(S&& store, L layer) {
    return detail::put_in_front(std::move(store),
                                std::move(layer)); // NOLINT(bugprone-move-forwarding-reference)
}

/// A store that has a name is not moved by accident.
// clang-format off: the explanation stands on the line that compilers show
template <versioned_store S, store_layer L> auto operator|(S&, L) = delete; // by_reference(store) | layer
// clang-format on

/// Both layers, the first one nearer to the store.
template <store_layer A, store_layer B> [[nodiscard]] auto operator|(A first, B second)
    -> joined_layers<A, B> {
    return {std::move(first), std::move(second)};
}

} // namespace berth::store
