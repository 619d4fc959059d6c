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

#include <berth/object/detail/describe_macro.hpp> // IWYU pragma: export
#include <berth/object/detail/values.hpp>
#include <berth/object/list.hpp>
#include <berth/object/schema.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::object {

/// What is to be known of a member beyond its name and type; see `field_info` and `field_details`.
struct field_options {
    std::string_view json = {}; ///< its JSON name, where it is not the member's name in camel case
    bool required = false;
    bool always = false;
    bool immutable = false;
    bool inlined = false;
    std::string_view merge_key = {};
    patch_strategy patch = patch_strategy::atomic;
    merge_topology topology = merge_topology::unsaid;
    std::string_view list_keys = {};
    std::string_view values = {};
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
[[nodiscard]] inline auto camel_case(std::string_view snake) -> std::string {
    auto out = std::string(snake.size(), '\0');
    out.resize(camel_case(snake, out.data()));
    return out;
}

namespace detail {

// --- tables ------------------------------------------------------------------------------------------------

/// The description of a type as a constant.
template <class T> struct constant_info {
    static type_info const value;
};

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

// --- records -----------------------------------------------------------------------------------------------

/// A member as the macro tells it.
struct told_field {
    std::string_view member;
    type_info const* of;
    std::span<field_info const> inside; ///< of an inlined record: its fields
    std::size_t offset;
    field_options options;
};

/// Whether a member has details.
constexpr auto details_of(field_options const& o) -> field_details {
    return {o.merge_key, o.list_keys, o.values,  o.fallback, o.pattern,
            o.text,      o.minimum,   o.maximum, o.min_size, o.max_size};
}

/// Whether a type has a form in JSON.
template <class T> constexpr auto is_describable() -> bool {
    using element = typename element_type<T>::type;
    if constexpr (!std::is_void_v<element>) return is_describable<element>();
    else
        return described<T> || requires { scalar_traits<T>::name; } || std::is_same_v<T, bool> ||
               std::is_same_v<T, std::int32_t> || std::is_same_v<T, std::int64_t> ||
               std::is_same_v<T, double> || std::is_same_v<T, std::string> || std::is_same_v<T, raw_json>;
}

template <class T> struct record_table;

struct field_collector {
    template <class T, class M>
    constexpr auto member(std::string_view name, M T::*, std::size_t offset,
                          field_options const& o = {}) const -> told_field {
        static_assert(
            is_describable<M>(),
            "a described member must be of a described type: a struct with BERTH_DESCRIBE, bool, "
            "int32_t, int64_t, double, string, a list, dictionary, boxed or optional of such, or one with "
            "scalar_traits");
        auto out = told_field{name, &constant_info<M>::value, {}, offset, o};
        if constexpr (described_by_macro<M>) out.inside = record_table<M>::fields();
        return out;
    }
    template <class... F> constexpr auto operator()(F... fields) const {
        return std::array<told_field, sizeof...(F)>{fields...};
    }
};

template <class T> struct record_table {
    static constexpr auto told = T::berth_members(field_collector{});
    static constexpr auto count = told.size();

    static constexpr auto name_bytes = [] {
        auto n = std::size_t{0};
        for (auto const& f : told) n += f.options.json.empty() ? camel_case(f.member, nullptr) : 0;
        return n;
    }();
    /// The JSON names that are not literals, one after another.
    static constexpr auto names = [] {
        auto out = std::array<char, name_bytes + 1>{};
        auto* at = out.data();
        for (auto const& f : told)
            if (f.options.json.empty()) at += camel_case(f.member, at);
        return out;
    }();

    static constexpr auto details_count = [] {
        auto n = std::size_t{0};
        for (auto const& f : told) n += details_of(f.options) == no_details ? 0 : 1;
        return n;
    }();
    static constexpr auto details = [] {
        auto out = std::array<field_details, details_count>{};
        auto n = std::size_t{0};
        for (auto const& f : told)
            if (!(details_of(f.options) == no_details)) out[n++] = details_of(f.options);
        return out;
    }();

    static constexpr auto members = [] {
        auto out = std::array<field_info, count>{};
        auto at = std::size_t{0};
        auto detailed = std::size_t{0};
        for (std::size_t i = 0; i < count; ++i) {
            auto const& f = told[i];
            auto const& o = f.options;
            auto const length = camel_case(f.member, nullptr);
            auto const name = o.json.empty() ? std::string_view(names.data() + at, length) : o.json;
            if (o.json.empty()) at += length;
            auto const* const more = details_of(o) == no_details ? &no_details : details.data() + detailed++;
            out[i] = {name,      f.of,       more,     static_cast<std::uint32_t>(f.offset),
                      o.number,  o.required, o.always, o.immutable,
                      o.inlined, false,      o.patch,  o.topology};
        }
        return out;
    }();

    static constexpr auto inlined = [] {
        auto n = std::size_t{0};
        for (auto const& f : told) n += f.options.inlined ? 1 : 0;
        return n;
    }();
    static constexpr auto field_count = [] {
        auto n = std::size_t{0};
        for (auto const& f : told) n += f.options.inlined ? f.inside.size() : 1;
        return n;
    }();
    /// The members with those of inlined ones in their place.
    static constexpr auto flat = [] {
        auto out = std::array<field_info, inlined == 0 ? 0 : field_count>{};
        if constexpr (inlined != 0) {
            auto n = std::size_t{0};
            for (std::size_t i = 0; i < count; ++i) {
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
    }();
    static constexpr auto fields() -> std::span<field_info const> {
        if constexpr (inlined == 0) return members;
        else return flat;
    }

    static constexpr auto distinct = [] {
        for (std::size_t i = 0; i < count; ++i)
            for (auto j = i + 1; j < count; ++j)
                if (told[i].offset == told[j].offset) return false;
        return true;
    }();
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

/// What must hold of a struct with the macro; each sentence says what to do.
template <class T> constexpr auto check_description() -> void {
    static_assert(std::is_same_v<typename T::berth_described, T>,
                  "BERTH_DESCRIBE must name the struct in whose body it stands");
    static_assert(
        std::is_aggregate_v<T> && std::is_standard_layout_v<T>,
        "a struct with BERTH_DESCRIBE must be a plain aggregate: no base, constructor, private or virtual member");
    static_assert(std::is_nothrow_move_constructible_v<T> && std::is_copy_constructible_v<T>,
                  "a struct with BERTH_DESCRIBE must be copyable, and moving it must not throw");
    static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__,
                  "a struct with BERTH_DESCRIBE must not be over-aligned");
    constexpr auto own = record_table<T>::count + (unknown_offset<T>() == type_info::no_unknown ? 0 : 1);
    static_assert(record_table<T>::distinct, "BERTH_DESCRIBE names a member twice");
    static_assert(
        !has_members<T, own + 1>(),
        "BERTH_DESCRIBE must name every member of the struct (besides `unknown`); one is forgotten");
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
        field_info{.name = "key", .of = &constant_info<std::string>::value},
        field_info{.name = "value",
                   .of = &constant_info<value>::value,
                   .offset = static_cast<std::uint32_t>(__builtin_offsetof(E, second))}};
};

// --- everything --------------------------------------------------------------------------------------------

/// A value that only its type knows how to handle. Without `scalar_traits` it can be in a list, dictionary or
/// box, but not in a described struct.
template <class T> constexpr auto describe_native(type_info& t) -> void {
    static_assert(std::is_nothrow_move_constructible_v<T>, "moving a described member must not throw");
    t.layout = storage::native;
    t.values = &native_values<T>;
}

template <class T> constexpr auto describe_leaf(type_info& t) -> bool {
    auto const say = [&](shape form, storage layout, std::string_view type, std::string_view format) {
        t.form = form;
        t.layout = layout;
        t.schema_type = type;
        t.schema_format = format;
        return true;
    };
    if constexpr (std::is_same_v<T, bool>) return say(shape::boolean, storage::plain, "boolean", "");
    else if constexpr (std::is_same_v<T, std::int32_t>)
        return say(shape::int32, storage::plain, "integer", "int32");
    else if constexpr (std::is_same_v<T, std::int64_t>)
        return say(shape::int64, storage::plain, "integer", "int64");
    else if constexpr (std::is_same_v<T, double>) {
        describe_native<T>(t);
        return say(shape::number, storage::native, "number", "double");
    } else if constexpr (std::is_same_v<T, std::string>) return say(shape::text, storage::text, "string", "");
    else if constexpr (std::is_same_v<T, raw_json>) return say(shape::raw, storage::text, "object", "");
    else return false;
}

/// A sequence or optional of elements, as far as it does not depend on where the element's table is.
template <class T> constexpr auto describe_range(type_info& t) -> bool {
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
    } else return false;
    return true;
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

template <class T> constexpr auto size_up(type_info& t) -> void {
    t.bytes = static_cast<std::uint32_t>(sizeof(T));
    t.alignment = static_cast<std::uint32_t>(alignof(T));
    t.trivial = std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>;
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
    } else if (describe_leaf<T>(t)) {
    } else if constexpr (!std::is_void_v<typename element_type<T>::type>) {
        describe_range<T>(t);
        t.contained = &constant_info<typename element_type<T>::type>::value;
        if constexpr (is_dictionary<T>) t.entry = &constant_info<typename T::value_type>::value;
    } else if constexpr (!std::is_arithmetic_v<T> && !std::is_same_v<T, std::string> &&
                         !std::is_same_v<T, raw_json>)
        describe_scalar<T>(t);
    size_up<T>(t);
    return t;
}

template <class T> constinit type_info const constant_info<T>::value = describe<T>();

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
    if constexpr (!made_late<T>()) return constant_info<T>::value;
    else if constexpr (described<T>) return foreign_description<T>::get();
    else return late_range<T>();
}

inline auto type_of_unknown() -> type_info const& { return constant_info<unknown_fields>::value; }

} // namespace detail

} // namespace berth::object
