#pragma once

/// \file
/// The controller concept: a name, the kinds it has to do with, and a pure function from a world and a key to
/// a plan.

#include <berth/core/config.hpp>
#include <berth/reconcile/index.hpp>
#include <berth/reconcile/plan.hpp>
#include <berth/reconcile/world.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>
#include <vector>

namespace berth::reconcile {

/// A list of kinds.
template <object::kind_type... Ts> struct kinds {};

/// Something that drives what is towards what should be, one key at a time.
///
///     struct replica_set_controller {
///         static constexpr std::string_view name = "replica-set";
///         using reconciles = kube::replica_set;
///         using owns       = kinds<kube::pod>;
///         auto reconcile(snapshot const& world, key const& k) const -> plan;
///     };
///     static_assert(controller<replica_set_controller>);
///
/// Minimal definition: `name`; `reconciles`, the kind whose keys it is asked about; `reconcile`, a pure
/// function. The object of the key may be gone: then there is usually nothing to do.
///
/// Optional:
/// * `using owns = kinds<...>`: a change of such an object asks about its controlling owner, if that is of
/// the
///   reconciled kind. (When the owner changes, about both.)
/// * `using watches = kinds<...>`: a change of such an object asks about what `keys_for` answers for it.
/// * `using reads = kinds<...>`: kinds that are only looked at.
/// * `using writes = kinds<...>`: kinds that plans may write besides all those above.
/// * `keys_for(snapshot const&, T const&) const -> std::vector<key>`: which keys a change of an object
/// concerns;
///   required for each watched kind, and asked in addition for owned and reconciled kinds where an overload
///   fits. It is asked about the state before and the state after.
/// * `matters(T const& before, T const& after) const -> bool`: whether an update of an object can matter at
/// all.
/// * `static indexes() -> std::vector<index>`: the named indexes that `reconcile` and `keys_for` use.
///
/// Laws (`reconcile/laws.hpp` checks them):
/// * *fixpoint*: after its plans have been carried out, and nobody else does anything, the plan is empty;
/// * *bounded*: that takes few rounds, and no plan is longer than a given number of steps;
/// * *only kinds it declares*: it reads and writes no other;
/// * *order does not matter*: in whatever order the world came to be, the plan has the same steps;
/// * *pure*: the same world and key give the same plan.
template <class C>
concept controller = std::movable<C> && requires(C const& c, snapshot const& world, key const& k) {
    { C::name } -> std::convertible_to<std::string_view>;
    requires object::kind_type<typename C::reconciles>;
    { c.reconcile(world, k) } -> std::same_as<plan>;
};

namespace detail {

template <class C> auto owned_kinds() {
    if constexpr (requires { typename C::owns; }) return typename C::owns{};
    else return kinds<>{};
}
template <class C> auto watched_kinds() {
    if constexpr (requires { typename C::watches; }) return typename C::watches{};
    else return kinds<>{};
}
template <class C> auto read_kinds() {
    if constexpr (requires { typename C::reads; }) return typename C::reads{};
    else return kinds<>{};
}
template <class C> auto written_kinds() {
    if constexpr (requires { typename C::writes; }) return typename C::writes{};
    else return kinds<>{};
}

/// Calls `f.operator()<T>()` for each kind of a list.
template <class F, class... Ts> auto for_each_kind(kinds<Ts...>, F&& f) -> void {
    (f.template operator()<Ts>(), ...);
}

template <class C, class T>
concept maps = requires(C const& c, snapshot const& world, T const& object) {
    { c.keys_for(world, object) } -> std::convertible_to<std::vector<key>>;
};
template <class C, class T>
concept judges = requires(C const& c, T const& before, T const& after) {
    { c.matters(before, after) } -> std::convertible_to<bool>;
};

BERTH_DECL auto add_once(std::vector<object::type_info const*>& to, object::type_info const& type) -> void;

} // namespace detail

/// The kinds that a controller may look at: reconciled, owned, watched, read; each once.
template <controller C> [[nodiscard]] auto kinds_seen() -> std::vector<object::type_info const*> {
    auto out = std::vector<object::type_info const*>{&object::type_of<typename C::reconciles>()};
    auto const add = [&]<class T>() { detail::add_once(out, object::type_of<T>()); };
    detail::for_each_kind(detail::owned_kinds<C>(), add);
    detail::for_each_kind(detail::watched_kinds<C>(), add);
    detail::for_each_kind(detail::read_kinds<C>(), add);
    return out;
}

/// The kinds that its plans may write: those it may look at, and `writes`.
template <controller C> [[nodiscard]] auto kinds_written() -> std::vector<object::type_info const*> {
    auto out = kinds_seen<C>();
    detail::for_each_kind(detail::written_kinds<C>(),
                          [&]<class T>() { detail::add_once(out, object::type_of<T>()); });
    return out;
}

/// The indexes that a controller wants.
template <controller C> [[nodiscard]] auto indexes_of() -> std::vector<index> {
    if constexpr (requires {
                      { C::indexes() } -> std::convertible_to<std::vector<index>>;
                  })
        return C::indexes();
    else return {};
}

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/controller.ipp>
#endif
