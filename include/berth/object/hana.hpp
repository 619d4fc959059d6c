#pragma once

/// \file
/// Described structs as Boost.Hana Structs: `hana::members`, `hana::keys`, `hana::for_each`, `hana::fold` and
/// the rest work on them, at compile time and at run time. The keys are the members' names.
///
///     hana::for_each(kube::env_var{...}, hana::fuse([](auto name, auto const& value) { ... }));
///
/// The library's own algorithms walk the table of `reflect.hpp`, which is cheaper to compile; this is for
/// programs that want heterogeneous ones.

#include <berth/object/reflect.hpp>

#include <boost/hana/accessors.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/core/when.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/tuple.hpp>

#include <cstddef>
#include <utility>

namespace berth::object::detail {

/// Reads a member: what Hana calls an accessor.
template <class T, class M> struct member_accessor {
    M T::* pointer;

    constexpr auto operator()(T const& object) const -> M const& { return object.*pointer; }
    constexpr auto operator()(T& object) const -> M& { return object.*pointer; }
    constexpr auto operator()(T&& object) const -> M&& { return std::move(object.*pointer); }
};

/// Walks a struct's description into a tuple of names and accessors.
struct hana_accessors {
    template <class Name, class T, class M>
    constexpr auto member(Name, M T::* pointer, field_options const& = {}) const {
        constexpr auto size = Name::view().size();
        return boost::hana::make_pair(text<Name>(std::make_index_sequence<size>{}),
                                      member_accessor<T, M>{pointer});
    }
    template <class... Pairs> constexpr auto operator()(Pairs... pairs) const {
        return boost::hana::make_tuple(std::move(pairs)...);
    }

private:
    template <class Name, std::size_t... I> static constexpr auto text(std::index_sequence<I...>) {
        return boost::hana::string_c<Name::view()[I]...>;
    }
};

} // namespace berth::object::detail

template <class S> struct boost::hana::accessors_impl<S, boost::hana::when<berth::object::described<S>>> {
    template <class...> static constexpr auto apply() {
        return S::berth_members(berth::object::detail::hana_accessors{});
    }
};
