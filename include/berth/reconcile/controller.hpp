#pragma once

/// \file
/// The controller concept: a name, the kinds it has to do with, and a pure function from a world and a key to
/// a plan.

#include <berth/reconcile/index.hpp>
#include <berth/reconcile/plan.hpp>
#include <berth/reconcile/world.hpp>

#include <algorithm>
#include <concepts>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <vector>

namespace berth::reconcile {

/// A list of kinds. (Loops and laws refuse a controller with a list of something else, in a sentence.)
template <class... Ts> struct kinds {};

/// What a controller with a memory answers: what is to be done, and what to remember of the key.
template <class Memory> struct decision {
    reconcile::plan plan;
    Memory memory = {};

    friend auto operator==(decision const&, decision const&) -> bool = default;
};

namespace detail {

template <class C>
concept decides = requires(C const& c, snapshot const& world, key const& k) {
    { c.reconcile(world, k) } -> std::same_as<plan>;
};
template <class C>
concept remembers =
    requires(C const& c, snapshot const& world, key const& k, typename C::memory const& before) {
        requires std::regular<typename C::memory>;
        { c.reconcile(world, k, before) } -> std::same_as<decision<typename C::memory>>;
    };

} // namespace detail

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
///   all.
/// * `matters(snapshot const&, T const&) const -> bool`: whether an object of a kind that it hears of can
///   matter at all, as it is; asked when one has come or was found, and of an update about both states. What
///   does not matter is not looked at, unless it goes: worth it where few of very many need anything. It must
///   say yes wherever a plan would not be empty, and tell of what changes by other kinds by `keys_for`.
/// * `static indexes() -> std::vector<index>`: the named indexes that `reconcile` and `keys_for` use.
/// * `using memory = M` for a controller that must remember something of a key between calls, such as when
///   something was seen first: then it is `reconcile(snapshot const&, key const&, M const&) const ->
///   decision<M>`. `M` is a regular type; `M()` is what is remembered of a key at first, and costs nothing. A
///   restart forgets.
///
/// None of these may be misspelt, or fit no kind that is declared: that does not compile
/// (`detail/controller_rules.hpp`).
///
/// Laws (`reconcile/laws.hpp` checks them):
/// * *fixpoint*: after its plans have been carried out, and nobody else does anything, the plan is empty;
/// * *bounded*: that takes few rounds, and no plan is longer than a given number of steps;
/// * *only kinds it declares*: it reads and writes no other;
/// * *order does not matter*: in whatever order the world came to be, the plan has the same steps;
/// * *overlooks nothing*: where it says that an object does not matter, the plan is empty;
/// * *pure*: the same world and key (and memory) give the same plan (and memory).
template <class C>
concept controller = std::movable<C> && (detail::decides<C> || detail::remembers<C>) && requires {
    { C::name } -> std::convertible_to<std::string_view>;
    requires object::kind_type<typename C::reconciles>;
};

namespace detail {

template <class C> constexpr auto owned_kinds() {
    if constexpr (requires { typename C::owns; }) return typename C::owns{};
    else return kinds<>{};
}
template <class C> constexpr auto watched_kinds() {
    if constexpr (requires { typename C::watches; }) return typename C::watches{};
    else return kinds<>{};
}
template <class C> constexpr auto read_kinds() {
    if constexpr (requires { typename C::reads; }) return typename C::reads{};
    else return kinds<>{};
}
template <class C> constexpr auto written_kinds() {
    if constexpr (requires { typename C::writes; }) return typename C::writes{};
    else return kinds<>{};
}

template <class C, class T>
concept maps = requires(C const& c, snapshot const& world, T const& object) {
    { c.keys_for(world, object) } -> std::convertible_to<std::vector<key>>;
};
template <class C, class T>
concept judges = requires(C const& c, T const& before, T const& after) {
    { c.matters(before, after) } -> std::convertible_to<bool>;
};
template <class C, class T>
concept sieves = requires(C const& c, snapshot const& world, T const& object) {
    { c.matters(world, object) } -> std::convertible_to<bool>;
};

using type_list = std::vector<object::type_info const*>;

/// Adds the types of a list that are not there yet.
template <class... Ts> auto add_kinds(type_list& to, kinds<Ts...>) -> void {
    for (auto const* type : std::initializer_list<object::type_info const*>{&object::type_of<Ts>()...})
        if (std::find(to.begin(), to.end(), type) == to.end()) to.push_back(type);
}

} // namespace detail

/// The kinds that a controller may look at: reconciled, owned, watched, read; each once.
template <controller C> [[nodiscard]] auto kinds_seen() -> std::vector<object::type_info const*> {
    auto out = detail::type_list{&object::type_of<typename C::reconciles>()};
    detail::add_kinds(out, detail::owned_kinds<C>());
    detail::add_kinds(out, detail::watched_kinds<C>());
    detail::add_kinds(out, detail::read_kinds<C>());
    return out;
}

/// The kinds that its plans may write: those it may look at, and `writes`.
template <controller C> [[nodiscard]] auto kinds_written() -> std::vector<object::type_info const*> {
    auto out = kinds_seen<C>();
    detail::add_kinds(out, detail::written_kinds<C>());
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
