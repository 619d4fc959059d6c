#pragma once

/// \file
/// The table of a struct with `BERTH_DESCRIBE`, made when it is compiled, and what is checked of it.

#include <berth/object/detail/native_values.hpp>
#include <berth/object/detail/told_type.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace berth::object::detail {

/// A member as the macro tells it.
struct told_field {
    std::string_view member;
    type_info const* of;
    std::span<field_info const> inside; ///< of an inlined record: its fields
    std::size_t offset;
    field_options options;
    told_type type;
};

constexpr auto details_of(field_options const& o, std::span<std::string_view const> values) -> field_details {
    return {o.merge_key, o.list_keys, values,    o.fallback, o.pattern,
            o.text,      o.minimum,   o.maximum, o.min_size, o.max_size};
}
/// Whether a member has details.
constexpr auto has_details(field_options const& o) -> bool {
    return !o.merge_key.empty() || !o.list_keys.empty() || !o.values.empty() || !o.fallback.empty() ||
           !o.pattern.empty() || !o.text.empty() || o.minimum != no_details.minimum ||
           o.maximum != no_details.maximum || o.min_size != no_details.min_size ||
           o.max_size != no_details.max_size;
}
/// How many values a text names.
constexpr auto count_values(std::string_view text) -> std::size_t {
    auto n = std::size_t{text.empty() ? 0U : 1U};
    for (auto const c : text) n += c == ',' ? 1U : 0U;
    return n;
}

using told_fields = std::span<told_field const>;

/// What members come to, so that each table has its size, and what is wrong with them.
struct told_sizes {
    std::size_t name_bytes = 0; ///< of JSON names that are not literals
    std::size_t values = 0;
    std::size_t details = 0;
    std::size_t inlined = 0;
    std::size_t flat = 0; ///< with those of inlined members in their place, if there are such
    told_mistake mistake = told_mistake::none;
    bool keyed = false;
    bool distinct = true;
};

constexpr auto sizes_of(told_fields told) -> told_sizes {
    auto out = told_sizes{};
    for (std::size_t i = 0; i < told.size(); ++i) {
        auto const& o = told[i].options;
        if (o.json.empty()) out.name_bytes += camel_case(told[i].member, nullptr);
        out.values += count_values(o.values);
        out.details += has_details(o) ? 1 : 0;
        out.inlined += o.inlined ? 1 : 0;
        out.flat += o.inlined ? told[i].inside.size() : 1;
        if (out.mistake == told_mistake::none) out.mistake = mistake_in(told[i].type, o);
        out.keyed = out.keyed || !o.merge_key.empty() || !o.list_keys.empty();
        for (auto j = i + 1; j < told.size(); ++j)
            out.distinct = out.distinct && told[i].offset != told[j].offset;
    }
    if (out.inlined == 0) out.flat = 0;
    return out;
}

/// The JSON names that are not literals, one after another.
template <std::size_t N> constexpr auto names_of(told_fields told) -> std::array<char, N> {
    auto out = std::array<char, N>{};
    auto* at = out.data();
    for (auto const& f : told)
        if (f.options.json.empty()) at += camel_case(f.member, at);
    return out;
}

/// The values that members may have, one after another.
template <std::size_t N> constexpr auto values_of(told_fields told) -> std::array<std::string_view, N> {
    auto out = std::array<std::string_view, N>{};
    auto n = std::size_t{0};
    for (auto const& f : told) {
        auto rest = f.options.values;
        for (auto left = count_values(rest); left > 0; --left) {
            auto const end = left > 1 ? rest.find(',') : rest.size();
            out[n++] = rest.substr(0, end);
            if (left > 1) rest.remove_prefix(end + 1);
        }
    }
    return out;
}

template <std::size_t N>
constexpr auto details_of(told_fields told, std::span<std::string_view const> values)
    -> std::array<field_details, N> {
    auto out = std::array<field_details, N>{};
    auto n = std::size_t{0};
    for (auto const& f : told) {
        auto const own = count_values(f.options.values);
        if (has_details(f.options)) out[n++] = details_of(f.options, values.first(own));
        values = values.subspan(own);
    }
    return out;
}

template <std::size_t N>
constexpr auto members_of(told_fields told, char const* names, field_details const* details)
    -> std::array<field_info, N> {
    auto out = std::array<field_info, N>{};
    for (std::size_t i = 0; i < N; ++i) {
        auto const& f = told[i];
        auto const& o = f.options;
        auto name = o.json;
        if (name.empty()) {
            name = std::string_view(names, camel_case(f.member, nullptr));
            names += name.size();
        }
        auto const* const more = has_details(o) ? details++ : &no_details;
        out[i] = {name,      f.of,       more,     static_cast<std::uint32_t>(f.offset),
                  o.number,  o.required, o.always, o.immutable,
                  o.inlined, false,      o.quiet,  o.patch,
                  o.topology};
    }
    return out;
}

/// The members with those of inlined ones in their place; of a record that has no such, none.
template <std::size_t N>
constexpr auto flat_of(told_fields told, std::span<field_info const> members) -> std::array<field_info, N> {
    auto out = std::array<field_info, N>{};
    if constexpr (N > 0) {
        auto n = std::size_t{0};
        for (std::size_t i = 0; i < told.size(); ++i) {
            if (!told[i].options.inlined) {
                out[n++] = members[i];
                continue;
            }
            for (auto inner : told[i].inside) {
                inner.offset += members[i].offset;
                out[n++] = inner;
            }
        }
    }
    return out;
}

template <class T> struct record_table;

struct field_collector {
    template <class T, class M>
    constexpr auto member(std::string_view name, M T::*, std::size_t offset,
                          field_options const& o = {}) const -> told_field {
        auto out = told_field{name, &table_of<M>::berth_table, {}, offset, o, told_type_of<M>()};
        if constexpr (described_by_macro<M>) out.inside = record_table<M>::fields();
        return out;
    }
    template <class... F> constexpr auto operator()(F... fields) const {
        return std::array<told_field, sizeof...(F)>{fields...};
    }
};

/// What is computed is computed by functions of sizes: a type of its own costs the arrays alone.
template <class T> struct record_table {
    static constexpr auto told_array = T::berth_members(field_collector{});
    static constexpr auto count = told_array.size();
    static constexpr auto told = told_fields(told_array.data(), count);
    static constexpr auto sizes = sizes_of(told);
    static constexpr auto names = names_of<sizes.name_bytes / 16 * 16 + 16>(told); // few sizes: few functions
    static constexpr auto values = values_of<sizes.values>(told);
    static constexpr auto details = details_of<sizes.details>(told, values);
    static constexpr auto members = members_of<count>(told, names.data(), details.data());
    static constexpr auto flat = flat_of<sizes.flat>(told, members);

    static constexpr auto fields() -> std::span<field_info const> {
        if constexpr (sizes.inlined == 0) return members;
        else return flat;
    }
};

/// The fields of the elements of a list of records; of what is no such list, none.
template <class M> constexpr auto fields_of_elements() -> std::span<field_info const> {
    using element = typename element_type<M>::type;
    if constexpr ((is_vector<M> || is_list<M>) && described_by_macro<element>)
        return record_table<element>::fields();
    else if constexpr (!std::is_void_v<element> && !is_dictionary<M>) return fields_of_elements<element>();
    else return {};
}

/// Finds the first mistake in the keys of lists. That is no part of the table: a struct with lists of itself
/// has no fields before its table is complete.
struct key_checker {
    template <class T, class M>
    constexpr auto member(std::string_view, M T::*, std::size_t, field_options const& o = {}) const
        -> told_mistake {
        return mistake_in_keys(fields_of_elements<M>(), o);
    }
    constexpr auto operator()(auto... found) const -> told_mistake {
        for (auto const m : {told_mistake::none, found...})
            if (m != told_mistake::none) return m;
        return told_mistake::none;
    }
};

/// Something that could be any member of an aggregate.
struct any_member {
    std::size_t position;
    template <class M> constexpr operator M&() const& noexcept;
    template <class M> constexpr operator M&&() const&& noexcept;
};

template <class T, std::size_t... I>
constexpr auto has_members(std::index_sequence<I...>) -> bool {
    return requires { T{any_member{I}...}; };
}
/// Whether an aggregate has at least `n` members.
template <class T, std::size_t N> constexpr auto has_members() -> bool {
    return has_members<T>(std::make_index_sequence<N>{});
}

template <class T> constexpr auto unknown_offset() -> std::uint32_t {
    if constexpr (requires(T& t) {
                      { t.unknown } -> std::same_as<unknown_fields&>;
                  })
        return static_cast<std::uint32_t>(__builtin_offsetof(T, unknown));
    else return type_info::no_unknown;
}

/// What must hold of a struct with the macro; each sentence says what to do. (The compiler's own words: a
/// trait of the standard library is some classes for each type.)
template <class T> constexpr auto check_description() -> void {
    static_assert(std::is_same_v<typename T::berth_described, T>,
                  "BERTH_DESCRIBE must name the struct in whose body it stands");
    static_assert(__is_aggregate(T) && __is_standard_layout(T),
                  "a struct with BERTH_DESCRIBE must be a plain aggregate: no base, constructor, private or "
                  "virtual member");
    static_assert(__is_nothrow_constructible(T, T&&) && __is_constructible(T, T const&),
                  "a struct with BERTH_DESCRIBE must be copyable, and moving it must not throw");
    static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__,
                  "a struct with BERTH_DESCRIBE must not be over-aligned");
    constexpr auto own = record_table<T>::count + (unknown_offset<T>() == type_info::no_unknown ? 0 : 1);
    static_assert(record_table<T>::sizes.distinct, "BERTH_DESCRIBE names a member twice");
    static_assert(
        !has_members<T, own + 1>(),
        "BERTH_DESCRIBE must name every member of the struct (besides `unknown`); one is forgotten");
    check_options<record_table<T>::sizes.mistake>();
    if constexpr (record_table<T>::sizes.keyed) check_options<T::berth_members(key_checker{})>();
}

template <class T> auto construct_as(void* raw) -> void { new (raw) T(); }

template <class T> constexpr auto describe_record() -> type_info {
    check_description<T>();
    auto t = type_info{};
    t.form = shape::record;
    t.layout = storage::record;
    t.name = T::berth_schema;
    t.schema_type = "object";
    t.members = record_table<T>::members;
    t.fields = record_table<T>::fields();
    t.unknown_at = unknown_offset<T>();
    t.preserves_unknown = t.unknown_at != type_info::no_unknown;
    t.initial = &construct_as<T>;
    if constexpr (requires { T::berth_topology; }) t.topology = T::berth_topology;
    if constexpr (requires { T::resource; }) {
        t.resource = &T::resource;
        t.metadata = static_cast<std::uint32_t>(__builtin_offsetof(T, metadata));
    }
    return t;
}

/// The record of a key and a value that a dictionary is a list of.
template <class E> struct entry_table {
    using value = typename element_type<E>::type;
    static constexpr auto members = std::array<field_info, 2>{
        field_info{.name = "key", .of = &table_of<std::string>::berth_table},
        field_info{.name = "value",
                   .of = &table_of<value>::berth_table,
                   .offset = static_cast<std::uint32_t>(__builtin_offsetof(E, second))}};
};

} // namespace berth::object::detail
