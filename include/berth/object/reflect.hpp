#pragma once

/// \file
/// Structs that describe themselves once. From the description come the JSON codec, equality and diff, field
/// paths, patches, simple validation, the OpenAPI schema and the protobuf field numbers.
///
/// A struct is described with one macro in its body, and carries the members that it does not know:
///
///     struct env_var {
///         std::string name;
///         std::string value;
///         object::boxed<env_var_source> value_from;
///         object::unknown_fields unknown;
///
///         BERTH_DESCRIBE(env_var, "io.k8s.api.core.v1.EnvVar",
///             (name, .required = true), (value), (value_from))
///     };
///
/// A member's JSON name is its name in camel case (`value_from` is `valueFrom`) unless `.json` says
/// otherwise. The description is constant data (`type_of<T>()`, see `schema.hpp`) that one engine walks: a
/// type costs a table and not functions. A described struct is also a Boost.Hana Struct when
/// `object/hana.hpp` is included, and that header describes structs that were adapted for Hana.

#include <berth/object/boxed.hpp>                 // IWYU pragma: export
#include <berth/object/described.hpp>             // IWYU pragma: export
#include <berth/object/detail/describe_macro.hpp> // IWYU pragma: export
#include <berth/object/detail/record_table.hpp>
#include <berth/object/dictionary.hpp> // IWYU pragma: export
#include <berth/object/list.hpp>       // IWYU pragma: export
#include <berth/object/schema.hpp>     // IWYU pragma: export

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

namespace berth::object::detail {

/// A value that only its type knows how to handle. Without `scalar_traits` it can be in a list, dictionary or
/// box, but not in a described struct.
template <class T> constexpr auto describe_native(type_info& t) -> void {
    static_assert(std::is_nothrow_move_constructible_v<T>, "moving a described member must not throw");
    t.layout = storage::native;
    t.values = &native_values<T>;
}

template <class T> constexpr auto describe_scalar(type_info& t) -> void {
    describe_native<T>(t);
    t.form = shape::scalar;
    if constexpr (requires { scalar_traits<T>::name; }) {
        t.name = scalar_traits<T>::name;
        t.schema_type = scalar_traits<T>::schema_type;
        t.schema_format = scalar_traits<T>::schema_format;
        t.scalars = &scalar_functions<T>;
    }
}

constexpr auto describe_as(type_info& t, shape form, storage layout, std::string_view type,
                           std::string_view format) -> void {
    t.form = form;
    t.layout = layout;
    t.schema_type = type;
    t.schema_format = format;
}
template <class T> constexpr auto describe_leaf(type_info& t) -> void {
    if constexpr (std::is_same_v<T, bool>) describe_as(t, shape::boolean, storage::plain, "boolean", "");
    else if constexpr (std::is_same_v<T, std::int32_t>)
        describe_as(t, shape::int32, storage::plain, "integer", "int32");
    else if constexpr (std::is_same_v<T, std::int64_t>)
        describe_as(t, shape::int64, storage::plain, "integer", "int64");
    else if constexpr (std::is_same_v<T, double>) {
        describe_native<T>(t);
        describe_as(t, shape::number, storage::native, "number", "double");
    } else if constexpr (std::is_same_v<T, std::string>)
        describe_as(t, shape::text, storage::text, "string", "");
    else if constexpr (std::is_same_v<T, rare_text>) {
        t.contained = &table_of<std::string>::berth_table;
        describe_as(t, shape::text, storage::boxed, "string", "");
    } else if constexpr (std::is_same_v<T, raw_json>) describe_as(t, shape::raw, storage::text, "object", "");
    else if constexpr (!std::is_arithmetic_v<T>) describe_scalar<T>(t);
}

/// A sequence or optional of elements, as far as it does not depend on where the element's table is.
template <class T> constexpr auto describe_range(type_info& t) -> void {
    if constexpr (is_vector<T>) {
        t.form = shape::list;
        t.ranges = &vector_ranges<T>;
        describe_native<T>(t);
    } else if constexpr (is_list<T>) {
        t.form = shape::list;
        t.layout = storage::list;
    } else if constexpr (is_dictionary<T>) {
        t.form = shape::map;
        t.layout = storage::map;
    } else if constexpr (is_optional<T>) {
        t.form = shape::optional;
        t.ranges = &optional_ranges<T>;
        describe_native<T>(t);
    } else if constexpr (is_boxed<T>) {
        t.form = shape::optional;
        t.layout = storage::boxed;
    }
}

template <class T> constexpr auto size_up(type_info& t) -> void {
    t.bytes = static_cast<std::uint32_t>(sizeof(T));
    t.alignment = static_cast<std::uint32_t>(alignof(T));
    t.trivial = __is_trivially_copyable(T); // the trait would be instantiated for each type
}

template <class T> constexpr auto describe() -> type_info {
    static_assert(!made_late<T>(),
                  "a struct that was adapted for Hana can hold described ones, but not the other way round: "
                  "give the outer one no BERTH_DESCRIBE either");
    auto t = type_info{};
    if constexpr (described_by_macro<T>) t = describe_record<T>();
    else if constexpr (is_entry<T>) {
        t.members = entry_table<T>::members;
        t.fields = entry_table<T>::members;
    } else if constexpr (!std::is_void_v<typename element_type<T>::type>) {
        describe_range<T>(t);
        t.contained = &table_of<typename element_type<T>::type>::berth_table;
        if constexpr (is_dictionary<T>) t.entry = &table_of<typename T::value_type>::berth_table;
    } else describe_leaf<T>(t);
    size_up<T>(t);
    return t;
}

template <class T> constinit type_info const constant_info<T>::berth_table = describe<T>();

/// The description of a sequence or optional of elements that are described late.
template <class T> auto late_range() -> type_info const& {
    static auto const made = [] {
        auto t = type_info{};
        if constexpr (is_entry<T>) {
            static auto const members = std::array<field_info, 2>{
                field_info{.name = "key", .of = &info_of<std::string>()},
                field_info{.name = "value",
                           .of = &info_of<typename element_type<T>::type>(),
                           .offset = static_cast<std::uint32_t>(__builtin_offsetof(T, second))}};
            t.members = members;
            t.fields = members;
        } else {
            describe_range<T>(t);
            t.contained = &info_of<typename element_type<T>::type>();
            if constexpr (is_dictionary<T>) t.entry = &info_of<typename T::value_type>();
        }
        size_up<T>(t);
        return t;
    }();
    return made;
}

template <class T> auto info_of() -> type_info const& {
    if constexpr (!made_late<T>()) return table_of<T>::berth_table;
    else if constexpr (described<T>) return foreign_description<T>::get();
    else return late_range<T>();
}

inline auto type_of_unknown() -> type_info const& { return table_of<unknown_fields>::berth_table; }

} // namespace berth::object::detail
