#pragma once

/// \file
/// What a struct can say of itself and its members, and which types are described. `reflect.hpp` makes tables
/// of it.

#include <berth/core/config.hpp>
#include <berth/object/schema.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace berth::object {

/// What is to be known of a member beyond its name and type; see `field_info` and `field_details`.
struct field_options {
    std::string_view json = {}; ///< its JSON name, where it is not the member's name in camel case
    bool required = false;
    bool always = false;
    bool immutable = false;
    bool inlined = false;
    bool quiet = false;
    std::string_view merge_key = {};
    patch_strategy patch = patch_strategy::atomic;
    merge_topology topology = merge_topology::unsaid;
    std::string_view list_keys = {};
    std::string_view values = {}; ///< those that are allowed, separated by commas
    std::string_view fallback = {};
    std::string_view pattern = {};
    std::int64_t minimum = no_details.minimum;
    std::int64_t maximum = no_details.maximum;
    std::int64_t min_size = no_details.min_size;
    std::int64_t max_size = no_details.max_size;
    int number = 0;
    std::string_view text = {};
};

/// A leaf type with its own JSON form: specialise this with `name`, `schema_type`, `schema_format` (text),
/// `write(T const&, std::string&)`, `read(scalar_token const&) -> result<T>` and `is_zero(T const&)`.
template <class T> struct scalar_traits;

/// A struct with `BERTH_DESCRIBE` in its body.
template <class T>
concept described_by_macro = requires { typename T::berth_described; } && std::is_class_v<T>;

/// How a struct without the macro is described: specialise this with a static `get() -> type_info const&`.
/// `object/hana.hpp` does so for structs that were adapted for Boost.Hana.
template <class T> struct foreign_description;

/// A struct that tells its members: by `BERTH_DESCRIBE` in its body, or by a `foreign_description`.
template <class T>
concept described = described_by_macro<T> || requires {
    { foreign_description<T>::get() } -> std::same_as<type_info const&>;
};

/// A described struct that is a kind of API object: it has `resource` and `metadata`.
template <class T>
concept kind_type = described<T> && requires(T const& t) {
    { T::resource } -> std::convertible_to<resource_name const&>;
    t.metadata;
};

/// The description of a type: the same object ever after.
template <class T> auto type_of() -> type_info const& { return detail::info_of<T>(); }

/// `value_from` -> `valueFrom`; a trailing underscore (a member named like a keyword) is dropped. Answers the
/// length; writes it unless `out` is null.
constexpr auto camel_case(std::string_view snake, char* out) -> std::size_t {
    auto n = std::size_t{0};
    auto up = false;
    for (auto const c : snake) {
        if (c == '_') {
            up = true;
            continue;
        }
        if (out != nullptr) out[n] = up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        ++n;
        up = false;
    }
    return n;
}
[[nodiscard]] BERTH_DECL auto camel_case(std::string_view snake) -> std::string;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/described.ipp>
#endif
