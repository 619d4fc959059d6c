#pragma once

/// \file
/// What the compiler says of a controller that is not one, or has a member that nobody would ever look at.

#include <berth/reconcile/controller.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>
#include <vector>

namespace berth::reconcile::detail {

/// The names that people write when they mean an optional member of a controller; and the names of those.
/// Whoever derives from this and from a controller that has a member of such a name, whatever it is, finds
/// the name ambiguous.
struct names_to_meet {
    int own, owned, owning, watch, watched, watching, read, reading, write, writing, written;
    int matter, matters_to, index, indices, key_for, keysfor, keys_of, reconciled, memories;
    int matters, keys_for, indexes;
};
template <class C> struct meeting : C, names_to_meet {};

// Each holds if none of the names is taken.
template <class M> inline constexpr bool says_owns = requires {
    &M::own;
    &M::owned;
    &M::owning;
};
template <class M> inline constexpr bool says_watches = requires {
    &M::watch;
    &M::watched;
    &M::watching;
};
template <class M> inline constexpr bool says_reads = requires {
    &M::read;
    &M::reading;
};
template <class M> inline constexpr bool says_writes = requires {
    &M::write;
    &M::writing;
    &M::written;
};
template <class M> inline constexpr bool says_matters = requires {
    &M::matter;
    &M::matters_to;
};
template <class M> inline constexpr bool says_indexes = requires {
    &M::index;
    &M::indices;
};
template <class M> inline constexpr bool says_keys_for = requires {
    &M::key_for;
    &M::keysfor;
    &M::keys_of;
};
template <class M> inline constexpr bool says_reconciles = requires { &M::reconciled; };
template <class M> inline constexpr bool says_memory = requires { &M::memories; };
template <class M> inline constexpr bool has_no_matters = requires { &M::matters; };
template <class M> inline constexpr bool has_no_keys_for = requires { &M::keys_for; };
template <class M> inline constexpr bool has_no_indexes = requires { &M::indexes; };

template <class T> inline constexpr bool is_kinds = false;
template <class... Ts> inline constexpr bool is_kinds<kinds<Ts...>> = true;
template <class T> inline constexpr bool all_are_kinds = true;
template <class... Ts> inline constexpr bool all_are_kinds<kinds<Ts...>> = (object::kind_type<Ts> && ...);

/// Whether a change of some kind that the controller hears of can be asked about.
template <class C, class... Owned, class... Watched>
constexpr auto maps_some(kinds<Owned...>, kinds<Watched...>) -> bool {
    return maps<C, typename C::reconciles> || (maps<C, Owned> || ...) || (maps<C, Watched> || ...);
}
template <class C, class... Owned, class... Watched>
constexpr auto judges_some(kinds<Owned...>, kinds<Watched...>) -> bool {
    return judges<C, typename C::reconciles> || (judges<C, Owned> || ...) || (judges<C, Watched> || ...);
}
template <class C, class... Owned, class... Watched>
constexpr auto sieves_some(kinds<Owned...>, kinds<Watched...>) -> bool {
    return sieves<C, typename C::reconciles> || (sieves<C, Owned> || ...) || (sieves<C, Watched> || ...);
}
template <class C, class... Watched> constexpr auto maps_all(kinds<Watched...>) -> bool {
    return (maps<C, Watched> && ...);
}

/// The lists of kinds are lists of kinds.
template <class C> constexpr auto lists_are_right() -> bool {
    static_assert(
        object::kind_type<typename C::reconciles>,
        "`reconciles` of a controller is a kind: a described struct with `resource` and `metadata`");
    static_assert(is_kinds<decltype(owned_kinds<C>())>, "`owns` is a list: `using owns = kinds<...>`");
    static_assert(is_kinds<decltype(watched_kinds<C>())>,
                  "`watches` is a list: `using watches = kinds<...>`");
    static_assert(is_kinds<decltype(read_kinds<C>())>, "`reads` is a list: `using reads = kinds<...>`");
    static_assert(is_kinds<decltype(written_kinds<C>())>, "`writes` is a list: `using writes = kinds<...>`");
    constexpr auto are_kinds =
        all_are_kinds<decltype(owned_kinds<C>())> && all_are_kinds<decltype(watched_kinds<C>())> &&
        all_are_kinds<decltype(read_kinds<C>())> && all_are_kinds<decltype(written_kinds<C>())>;
    static_assert(are_kinds, "kinds<...> of a controller lists kinds: described structs with `resource` and "
                             "`metadata`");
    return are_kinds && object::kind_type<typename C::reconciles> && is_kinds<decltype(owned_kinds<C>())> &&
           is_kinds<decltype(watched_kinds<C>())> && is_kinds<decltype(read_kinds<C>())> &&
           is_kinds<decltype(written_kinds<C>())>;
}

/// No name is one of those that are easily mistaken for that of an optional member.
template <class M> constexpr auto names_are_right() -> bool {
    static_assert(says_owns<M>, "a controller's `own`, `owned` or `owning` is never looked at: did you mean "
                                "`using owns = kinds<...>`?");
    static_assert(says_watches<M>,
                  "a controller's `watch`, `watched` or `watching` is never looked at: did you "
                  "mean `using watches = kinds<...>`?");
    static_assert(says_reads<M>, "a controller's `read` or `reading` is never looked at: did you mean `using "
                                 "reads = kinds<...>`?");
    static_assert(says_writes<M>,
                  "a controller's `write`, `writing` or `written` is never looked at: did you "
                  "mean `using writes = kinds<...>`?");
    static_assert(says_matters<M>, "a controller's `matter` or `matters_to` is never looked at: did you mean "
                                   "`matters(T const& before, T const& after) const -> bool`?");
    static_assert(says_indexes<M>, "a controller's `index` or `indices` is never looked at: did you mean "
                                   "`static indexes() -> std::vector<index>`?");
    static_assert(says_keys_for<M>,
                  "a controller's `key_for`, `keysfor` or `keys_of` is never looked at: did "
                  "you mean `keys_for(snapshot const&, T const&) const -> std::vector<key>`?");
    static_assert(says_reconciles<M>, "a controller's `reconciled` is never looked at: did you mean `using "
                                      "reconciles = T`?");
    static_assert(says_memory<M>,
                  "a controller's `memories` is never looked at: did you mean `using memory = "
                  "M`?");
    return says_owns<M> && says_watches<M> && says_reads<M> && says_writes<M> && says_matters<M> &&
           says_indexes<M> && says_keys_for<M> && says_reconciles<M> && says_memory<M>;
}

/// The optional functions fit some kind that the controller hears of.
template <class C, bool MayHaveMatters, bool MayHaveKeysFor, bool MayHaveIndexes>
constexpr auto functions_are_right() -> bool {
    constexpr auto judging = !MayHaveMatters || judges_some<C>(owned_kinds<C>(), watched_kinds<C>()) ||
                             sieves_some<C>(owned_kinds<C>(), watched_kinds<C>());
    constexpr auto mapping = !MayHaveKeysFor || maps_some<C>(owned_kinds<C>(), watched_kinds<C>());
    constexpr auto complete = maps_all<C>(watched_kinds<C>());
    constexpr auto indexing = !MayHaveIndexes || requires {
        { C::indexes() } -> std::convertible_to<std::vector<index>>;
    };
    static_assert(
        complete || MayHaveKeysFor,
        "a kind in `watches` needs `keys_for(snapshot const&, T const&) const -> std::vector<key>`: "
        "which keys does a change of such an object concern?");
    static_assert(judging, "`matters` fits no kind that the controller reconciles, owns or watches: it is "
                           "`matters(T const& before, T const& after) const -> bool` or `matters(snapshot "
                           "const&, T const&) const -> bool`");
    static_assert(mapping, "`keys_for` fits no kind that the controller reconciles, owns or watches: it is "
                           "`keys_for(snapshot const&, T const&) const -> std::vector<key>`");
    static_assert(
        complete || !MayHaveKeysFor || !mapping,
        "`keys_for` fits some kind in `watches` not: each needs `keys_for(snapshot const&, T const&) "
        "const -> std::vector<key>`");
    static_assert(indexing, "`indexes` of a controller is `static auto indexes() -> std::vector<index>`");
    return judging && mapping && complete && indexing;
}

/// Whether a type is a controller; if it is not, the compiler says what is wrong, and nothing else.
template <class C> constexpr auto is_right() -> bool {
    constexpr auto named = requires {
        { C::name } -> std::convertible_to<std::string_view>;
    };
    constexpr auto has_kind = requires { typename C::reconciles; };
    constexpr auto works = decides<C> || remembers<C>;
    static_assert(named, "a controller has a name: `static constexpr std::string_view name = \"...\"`");
    static_assert(has_kind, "a controller says what it reconciles: `using reconciles = T`");
    static_assert(works,
                  "a controller has `reconcile(snapshot const&, key const&) const -> plan`, a function "
                  "of a constant controller; or, with `using memory = M`, `reconcile(snapshot const&, key "
                  "const&, M const&) const -> decision<M>`");
    if constexpr (!named || !has_kind || !works) return false;
    else if constexpr (!lists_are_right<C>()) return false;
    else if constexpr (std::is_final_v<C>) return functions_are_right<C, false, false, false>();
    else {
        using met = meeting<C>;
        constexpr auto names = names_are_right<met>();
        return functions_are_right<C, !has_no_matters<met>, !has_no_keys_for<met>, !has_no_indexes<met>>() &&
               names;
    }
}

} // namespace berth::reconcile::detail
