#pragma once

/// \file
/// Values that only their own type knows how to handle, such as those of the standard library: the functions
/// that the engine calls for them.

#include <berth/object/described.hpp>
#include <berth/object/detail/values.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::object::detail {

/// The description of a type as a constant.
template <class T> struct constant_info {
    static type_info const berth_table;
};

/// A struct whose table one unit makes (`BERTH_TABLE`).
template <class T>
concept has_own_table = requires {
    requires std::is_same_v<typename T::berth_described, T>;
    T::berth_table;
};

/// What has the description of a type as its member `berth_table`. A class and no function that answers it:
/// the description of a struct that holds itself refers to itself while it is made.
template <class T> using table_of = std::conditional_t<has_own_table<T>, T, constant_info<T>>;

template <class T> struct element_type {
    using type = void;
};
template <class T> struct element_type<std::vector<T>> {
    using type = T;
};
template <class T> struct element_type<list<T>> {
    using type = T;
};
template <class T> struct element_type<dictionary<T>> {
    using type = T;
};
template <class T> struct element_type<dictionary_entry<T>> {
    using type = T;
};
template <class T> struct element_type<std::optional<T>> {
    using type = T;
};
template <class T> struct element_type<boxed<T>> {
    using type = T;
};

/// Whether a type's description is made when it is first asked for, since its struct has no macro.
template <class T> constexpr auto made_late() -> bool {
    using element = typename element_type<T>::type;
    if constexpr (std::is_void_v<element>) return described<T> && !described_by_macro<T>;
    else return made_late<element>();
}

template <class T> inline constexpr bool is_vector = false;
template <class T> inline constexpr bool is_vector<std::vector<T>> = true;
template <class T> inline constexpr bool is_list = false;
template <class T> inline constexpr bool is_list<list<T>> = true;
template <class T> inline constexpr bool is_dictionary = false;
template <class T> inline constexpr bool is_dictionary<dictionary<T>> = true;
template <class T> inline constexpr bool is_entry = false;
template <class T> inline constexpr bool is_entry<dictionary_entry<T>> = true;
template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T> inline constexpr bool is_boxed = false;
template <class T> inline constexpr bool is_boxed<boxed<T>> = true;

/// The operations of a native value.
template <class T> auto native_is_zero(void const* p) -> bool {
    if constexpr (requires(T const& v) { scalar_traits<T>::is_zero(v); })
        return scalar_traits<T>::is_zero(as<T>(p));
    else if constexpr (is_optional<T>) return !as<T>(p).has_value();
    else if constexpr (is_vector<T>) return as<T>(p).empty();
    else if constexpr (std::equality_comparable<T>) return as<T>(p) == T{};
    else return false;
}
/// Compares vectors and optionals by what is in them: their elements need no `==` of their own.
template <class T> auto equal_elements(T const& a, T const& b) -> bool {
    auto const& of = info_of<typename T::value_type>();
    if constexpr (is_optional<T>) return a.has_value() == b.has_value() && (!a || equal(of, &*a, &*b));
    else {
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (!equal(of, &a[i], &b[i])) return false;
        return true;
    }
}
template <class T>
inline constexpr value_ops native_values = {
    .construct = [](void* raw) { new (raw) T(); },
    .copy = [](void* raw, void const* from) { new (raw) T(as<T>(from)); },
    .move = [](void* raw, void* from) { new (raw) T(std::move(as<T>(from))); },
    .destroy = [](void* p) { as<T>(p).~T(); },
    .equal = [](void const* a, void const* b) -> bool {
        if constexpr (is_vector<T> || is_optional<T>) return equal_elements<T>(as<T>(a), as<T>(b));
        else if constexpr (std::equality_comparable<T>) return as<T>(a) == as<T>(b);
        else return a == b;
    },
    .is_zero = &native_is_zero<T>,
};

template <class T>
inline constexpr range_ops vector_ranges = {
    .size = [](void const* p) { return as<T>(p).size(); },
    .at = [](void const* p, std::size_t n) -> void const* { return &as<T>(p)[n]; },
    .add = [](void* p) -> void* { return &as<T>(p).emplace_back(); },
};
template <class T>
inline constexpr range_ops optional_ranges = {
    .size = [](void const* p) { return as<T>(p).has_value() ? std::size_t{1} : std::size_t{0}; },
    .at = [](void const* p, std::size_t) -> void const* { return &*as<T>(p); },
    .add = [](void* p) -> void* {
        auto& value = as<T>(p);
        if (!value) value.emplace();
        return &*value;
    },
};

template <class T>
inline constexpr scalar_ops scalar_functions = {
    .write = [](void const* p, std::string& json) { scalar_traits<T>::write(as<T>(p), json); },
    .read = [](void* p, scalar_token const& token) -> result<void> {
        auto value = scalar_traits<T>::read(token);
        if (!value) return std::unexpected(std::move(value).error());
        as<T>(p) = *std::move(value);
        return {};
    },
};

} // namespace berth::object::detail
