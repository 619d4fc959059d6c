#pragma once

/// \file
/// Described structs and Boost.Hana, both ways.
///
/// A struct with `BERTH_DESCRIBE` is a Hana Struct: `hana::members`, `hana::keys`, `hana::for_each`,
/// `hana::fold` and the rest work on it, at compile time and at run time. The keys are the members' names.
///
///     hana::for_each(kube::env_var{...}, hana::fuse([](auto name, auto const& value) { ... }));
///
/// A struct that was adapted for Hana (`BOOST_HANA_ADAPT_STRUCT`, `BOOST_HANA_DEFINE_STRUCT`) is a described
/// one: it has JSON, patches, equality and a place in stores of documents, without a macro of ours. It keeps
/// no unknown members, and it cannot contain itself.
///
/// The library's own algorithms walk the table of `schema.hpp`, which is cheaper to compile; this is for what
/// is generic over members at compile time.

#include <berth/object/reflect.hpp>

#include <boost/hana/accessors.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/core/to.hpp>
#include <boost/hana/core/when.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <array>
#include <cstddef>
#include <string>
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
template <class S> struct hana_accessors {
    template <class M>
    constexpr auto member(std::string_view, M S::* pointer, std::size_t, field_options const& = {}) const
        -> member_accessor<S, M> {
        return {pointer};
    }
    template <class... A> constexpr auto operator()(A... accessors) const {
        return pairs(std::index_sequence_for<A...>{}, accessors...);
    }

private:
    template <std::size_t... I, class... A>
    static constexpr auto pairs(std::index_sequence<I...>, A... accessors) {
        return boost::hana::make_tuple(boost::hana::make_pair(name<I>(), accessors)...);
    }
    template <std::size_t I> static constexpr auto name() {
        return spell<I>(std::make_index_sequence<record_table<S>::told[I].member.size()>{});
    }
    template <std::size_t I, std::size_t... C> static constexpr auto spell(std::index_sequence<C...>) {
        return boost::hana::string_c<record_table<S>::told[I].member[C]...>;
    }
};

/// The table of a struct that was adapted for Hana.
template <class S> struct hana_table {
    static constexpr auto count = decltype(boost::hana::length(boost::hana::accessors<S>()))::value;

    std::array<std::string, count> names;
    std::array<field_info, count> members;
    type_info info;

    hana_table() {
        static_assert(std::is_copy_constructible_v<S> && std::is_nothrow_move_constructible_v<S>,
                      "a struct must be copyable, and moving it must not throw, to be described");
        auto const probe = S();
        auto n = std::size_t{0};
        boost::hana::unpack(boost::hana::accessors<S>(),
                            [&](auto const&... accessor) { (add(probe, accessor, n++), ...); });
        info.name = "";
        info.schema_type = "object";
        info.preserves_unknown = false;
        info.members = members;
        info.fields = members;
        info.initial = &construct_as<S>;
        size_up<S>(info);
    }

private:
    template <class Accessor> auto add(S const& probe, Accessor const& accessor, std::size_t n) -> void {
        auto const& member = boost::hana::second(accessor)(probe);
        using type = std::remove_cvref_t<decltype(member)>;
        static_assert(told_type_of<type>().form != told_form::unknown,
                      "each member of a struct that was adapted for Hana must be of a described type");
        names[n] = camel_case(boost::hana::to<char const*>(boost::hana::first(accessor)));
        members[n].name = names[n];
        members[n].of = &info_of<type>();
        members[n].offset = static_cast<std::uint32_t>(reinterpret_cast<char const*>(&member) -
                                                       reinterpret_cast<char const*>(&probe));
    }
};

} // namespace berth::object::detail

template <class S>
    requires berth::object::described_by_macro<S>
struct boost::hana::accessors_impl<S, boost::hana::when<true>> {
    template <class...> static constexpr auto apply() {
        return S::berth_members(berth::object::detail::hana_accessors<S>{});
    }
};

template <class S>
    requires(!berth::object::described_by_macro<S> && boost::hana::Struct<S>::value)
struct berth::object::foreign_description<S> {
    static auto get() -> type_info const& {
        static auto const table = detail::hana_table<S>();
        return table.info;
    }
};
