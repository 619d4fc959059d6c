#pragma once

/// \file
/// Structs that describe themselves once. From the description come the JSON codec, equality and diff, field
/// paths, strategic merge keys, the OpenAPI schema and the protobuf field numbers.
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
/// otherwise. The description is a table that is walked at run time (`type_of<T>()`): code for it is
/// generated once per type and not once per algorithm, which keeps the cost of compiling hundreds of API
/// types small. A described struct is also a Boost.Hana Struct when `object/hana.hpp` is included.

#include <berth/core/error.hpp>
#include <berth/object/boxed.hpp>
#include <berth/object/dictionary.hpp>

#include <algorithm>
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

/// JSON text that is kept as it came.
struct raw_json {
    std::string text; ///< one JSON value; empty means absent

    friend auto operator==(raw_json const&, raw_json const&) -> bool = default;
};

/// The members of a JSON object that its struct does not describe; written back as they came. Absent: 8
/// bytes.
using unknown_fields = boxed<dictionary<raw_json>>;

/// A kind of object in an API: what `apiVersion`, `kind` and the path of its requests are made of.
struct resource_name {
    std::string_view group;    ///< `apps`; empty for the core group
    std::string_view version;  ///< `v1`
    std::string_view kind;     ///< `Deployment`
    std::string_view plural;   ///< `deployments`
    std::string_view singular; ///< `deployment`
    bool namespaced = true;

    friend constexpr auto operator==(resource_name const&, resource_name const&) -> bool = default;
};

/// A JSON scalar on its way into a member.
struct scalar_token {
    enum class kind : std::uint8_t { null, boolean, integer, real, text };

    kind type = kind::null;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text;
};

/// How a member looks in JSON.
enum class shape : std::uint8_t {
    boolean,
    int32,
    int64,
    number,
    text,
    scalar,   ///< a leaf with its own form: a quantity, a time, bytes
    raw,      ///< any JSON
    list,     ///< `std::vector`
    map,      ///< `dictionary`
    optional, ///< `std::optional`, `boxed`
    record,   ///< a described struct
};

/// How strategic merge patch treats a list or map (apimachinery `patchStrategy`; several may hold).
enum class patch_strategy : std::uint8_t {
    atomic = 0,
    merge = 1,
    replace = 2,
    retain_keys = 4,
    merge_retain_keys = 5
};

/// What is to be known of a member beyond its name and type.
struct field_options {
    std::string_view json = {};      ///< its JSON name, where it is not the member's name in camel case
    bool required = false;           ///< the schema says that it must be there
    bool always = false;             ///< it is written even when it is zero
    std::string_view merge_key = {}; ///< key by which strategic merge patch joins the elements of the list
    patch_strategy patch = patch_strategy::atomic;
    std::string_view values = {}; ///< the values of an enumeration, separated by commas
    int number = 0;               ///< the protobuf field number; 0: not known
    std::string_view text = {};   ///< what it means, for `explain`
};

struct type_info;
/// Types refer to each other through functions, so that they may be recursive.
using type_ref = auto (*)() -> type_info const&;

/// One member of a described struct.
struct field_info {
    std::string name; ///< in JSON
    type_ref type = nullptr;
    std::size_t offset = 0;
    field_options options;

    auto in(void const* object) const -> void const* { return static_cast<char const*>(object) + offset; }
    auto in(void* object) const -> void* { return static_cast<char*>(object) + offset; }
};

/// The description of a type at run time. Function pointers that a shape has no use for are null.
struct type_info {
    shape form = shape::record;
    std::string_view name; ///< schema name of a record or scalar, e.g. `io.k8s.api.core.v1.Pod`, `quantity`
    auto (*is_zero)(void const*) -> bool = nullptr;
    auto (*equal)(void const*, void const*) -> bool = nullptr;
    auto (*assign)(void* to, void const* from) -> void = nullptr;
    auto (*reset)(void*) -> void = nullptr;
    auto (*make)() -> void* = nullptr; ///< on the heap; see `destroy`
    auto (*clone)(void const*) -> void* = nullptr;
    auto (*destroy)(void const*) -> void = nullptr;

    /// list, map, optional
    type_ref element = nullptr;
    auto (*size)(void const*) -> std::size_t = nullptr;
    auto (*at)(void const*, std::size_t) -> void const* = nullptr;
    auto (*key)(void const*, std::size_t) -> std::string_view = nullptr;
    /// Adds an element (of a map: finds or adds the key's; of an optional: engages it) and answers where it
    /// is.
    auto (*add)(void*, std::string_view key) -> void* = nullptr;

    /// scalar
    auto (*write)(void const*, std::string& json) -> void = nullptr;
    auto (*read)(void*, scalar_token const&) -> result<void> = nullptr;
    std::string_view schema_type; ///< `string`, `integer`, ... in OpenAPI; several, with commas: one of them
    std::string_view schema_format; ///< `date-time`, `int-or-string`, ...

    /// record
    std::vector<field_info> fields;
    auto (*unknown)(void const*) -> unknown_fields const& = nullptr;
    resource_name const* resource = nullptr; ///< of a record that is a kind
    std::size_t metadata = 0;                ///< offset of a kind's `metadata`
    std::vector<std::uint16_t> by_name;      ///< indexes of fields, sorted by name

    /// The member with this JSON name, or null.
    auto field(std::string_view name_in_json) const -> field_info const* {
        auto const less = [this](std::uint16_t i, std::string_view n) { return fields[i].name < n; };
        auto const i = std::lower_bound(by_name.begin(), by_name.end(), name_in_json, less);
        return i != by_name.end() && fields[*i].name == name_in_json ? &fields[*i] : nullptr;
    }
    auto unknown_of(void* object) const -> unknown_fields& {
        return const_cast<unknown_fields&>(unknown(object));
    }
};

/// A leaf type with its own JSON form: specialise this with `name`, `schema_type`, `schema_format` (text),
/// `write(T const&, std::string&)`, `read(scalar_token const&) -> result<T>` and `is_zero(T const&)`.
template <class T> struct scalar_traits;

/// A struct with `BERTH_DESCRIBE` in its body.
template <class T>
concept described =
    requires { typename T::berth_described; } && std::is_same_v<typename T::berth_described, T>;

/// A described struct that is a kind of API object: it has `resource` and `metadata`.
template <class T>
concept kind_type = described<T> && requires(T const& t) {
    { T::resource } -> std::convertible_to<resource_name const&>;
    t.metadata;
};

/// The description of a type; built on first use, thread-safe, the same object ever after.
template <class T> auto type_of() -> type_info const&;

/// A string as a template argument.
template <std::size_t N> struct fixed_string {
    char text[N]{};
    consteval fixed_string(char const (&s)[N]) {
        for (std::size_t i = 0; i < N; ++i) text[i] = s[i];
    }
    [[nodiscard]] constexpr auto view() const -> std::string_view { return {text, N - 1}; }
};

/// The name of a described member, as a type.
template <fixed_string S> struct name_constant {
    static constexpr auto view() -> std::string_view { return S.view(); }
};

/// `value_from` -> `valueFrom`; a trailing underscore (a member named like a keyword) is dropped.
[[nodiscard]] inline auto camel_case(std::string_view snake) -> std::string {
    auto out = std::string();
    auto up = false;
    for (auto const c : snake) {
        if (c == '_') {
            up = true;
            continue;
        }
        out.push_back(up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        up = false;
    }
    return out;
}

namespace detail {

template <class T> struct is_vector : std::false_type {};
template <class T> struct is_vector<std::vector<T>> : std::true_type {};
template <class T> struct is_dictionary : std::false_type {};
template <class T> struct is_dictionary<dictionary<T>> : std::true_type {};
template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> struct is_optional<boxed<T>> : std::true_type {};

template <class T> auto as(void const* p) -> T const& { return *static_cast<T const*>(p); }
template <class T> auto as(void* p) -> T& { return *static_cast<T*>(p); }

template <class T> auto describe_value(type_info& t) -> void {
    t.equal = [](void const* a, void const* b) { return as<T>(a) == as<T>(b); };
    t.assign = [](void* to, void const* from) { as<T>(to) = as<T>(from); };
    t.reset = [](void* p) { as<T>(p) = T{}; };
    t.make = []() -> void* { return new T(); };
    t.clone = [](void const* p) -> void* { return new T(as<T>(p)); };
    t.destroy = [](void const* p) { delete static_cast<T const*>(p); };
}

template <class T> auto describe_list(type_info& t) -> void {
    using element = typename T::value_type;
    t.form = shape::list;
    t.element = &type_of<element>;
    t.is_zero = [](void const* p) { return as<T>(p).empty(); };
    t.size = [](void const* p) { return as<T>(p).size(); };
    t.at = [](void const* p, std::size_t n) -> void const* { return &as<T>(p)[n]; };
    t.add = [](void* p, std::string_view) -> void* { return &as<T>(p).emplace_back(); };
}

template <class T> auto describe_map(type_info& t) -> void {
    t.form = shape::map;
    t.element = &type_of<typename T::mapped_type>;
    t.is_zero = [](void const* p) { return as<T>(p).empty(); };
    t.size = [](void const* p) { return as<T>(p).size(); };
    t.at = [](void const* p, std::size_t n) -> void const* { return &as<T>(p).at_index(n).second; };
    t.key = [](void const* p, std::size_t n) -> std::string_view { return as<T>(p).at_index(n).first; };
    t.add = [](void* p, std::string_view key) -> void* { return &as<T>(p)[key]; };
}

template <class T> auto describe_optional(type_info& t) -> void {
    t.form = shape::optional;
    t.element = &type_of<typename T::value_type>;
    t.is_zero = [](void const* p) { return !as<T>(p).has_value(); };
    t.size = [](void const* p) { return as<T>(p).has_value() ? std::size_t{1} : std::size_t{0}; };
    t.at = [](void const* p, std::size_t) -> void const* { return &*as<T>(p); };
    t.add = [](void* p, std::string_view) -> void* {
        auto& value = as<T>(p);
        if (!value) value = typename T::value_type{};
        return &*value;
    };
}

template <class T> auto describe_plain(type_info& t, shape form, std::string_view type,
                                       std::string_view format) -> void {
    t.form = form;
    t.schema_type = type;
    t.schema_format = format;
    t.is_zero = [](void const* p) { return as<T>(p) == T{}; };
}

template <class T> auto describe_scalar(type_info& t) -> void {
    using traits = scalar_traits<T>;
    t.form = shape::scalar;
    t.name = traits::name;
    t.schema_type = traits::schema_type;
    t.schema_format = traits::schema_format;
    t.is_zero = [](void const* p) { return traits::is_zero(as<T>(p)); };
    t.write = [](void const* p, std::string& json) { traits::write(as<T>(p), json); };
    t.read = [](void* p, scalar_token const& token) -> result<void> {
        auto value = traits::read(token);
        if (!value) return std::unexpected(std::move(value).error());
        as<T>(p) = *std::move(value);
        return {};
    };
}

/// Walks a struct's description into its table.
template <class T> struct record_builder {
    T const& probe;

    template <class Name, class M>
    auto member(Name, M T::* pointer, field_options options = {}) const -> field_info {
        auto const at = reinterpret_cast<char const*>(&(probe.*pointer));
        auto name = options.json.empty() ? camel_case(Name::view()) : std::string(options.json);
        return {std::move(name), &type_of<M>,
                static_cast<std::size_t>(at - reinterpret_cast<char const*>(&probe)), options};
    }
    template <class... F> auto operator()(F... fields) const -> std::vector<field_info> {
        auto out = std::vector<field_info>();
        out.reserve(sizeof...(F));
        (out.push_back(std::move(fields)), ...);
        return out;
    }
};

/// Whether every member of a record is zero, and nothing unknown was kept.
inline auto record_is_zero(type_info const& t, void const* p) -> bool {
    if (t.unknown(p)) return false;
    return std::all_of(t.fields.begin(), t.fields.end(),
                       [&](field_info const& f) { return f.type().is_zero(f.in(p)); });
}

template <class T> auto describe_record(type_info& t) -> void {
    auto const probe = T{};
    t.form = shape::record;
    t.name = T::berth_schema;
    t.schema_type = "object";
    t.fields = T::berth_members(record_builder<T>{probe});
    t.is_zero = [](void const* p) { return record_is_zero(type_of<T>(), p); };
    t.unknown = [](void const* p) -> unknown_fields const& { return as<T>(p).unknown; };
    for (std::size_t i = 0; i < t.fields.size(); ++i) t.by_name.push_back(static_cast<std::uint16_t>(i));
    std::sort(t.by_name.begin(), t.by_name.end(),
              [&](auto a, auto b) { return t.fields[a].name < t.fields[b].name; });
    if constexpr (requires { T::resource; }) {
        t.resource = &T::resource;
        t.metadata = t.field("metadata")->offset;
    }
}

template <class T> auto describe() -> type_info {
    auto t = type_info{};
    describe_value<T>(t);
    if constexpr (std::is_same_v<T, bool>) describe_plain<T>(t, shape::boolean, "boolean", "");
    else if constexpr (std::is_same_v<T, std::int32_t>)
        describe_plain<T>(t, shape::int32, "integer", "int32");
    else if constexpr (std::is_same_v<T, std::int64_t>)
        describe_plain<T>(t, shape::int64, "integer", "int64");
    else if constexpr (std::is_same_v<T, double>) describe_plain<T>(t, shape::number, "number", "double");
    else if constexpr (std::is_same_v<T, std::string>) describe_plain<T>(t, shape::text, "string", "");
    else if constexpr (std::is_same_v<T, raw_json>) describe_plain<T>(t, shape::raw, "object", "");
    else if constexpr (is_vector<T>::value) describe_list<T>(t);
    else if constexpr (is_dictionary<T>::value) describe_map<T>(t);
    else if constexpr (is_optional<T>::value) describe_optional<T>(t);
    else if constexpr (described<T>) describe_record<T>(t);
    else describe_scalar<T>(t);
    return t;
}

} // namespace detail

template <class T> auto type_of() -> type_info const& {
    static auto const description = detail::describe<T>();
    return description;
}

} // namespace berth::object

// The macro: an element of its list is (member) or (member, .option = value, ...).
#define BERTH_DETAIL_PARENS ()
#define BERTH_DETAIL_EXPAND(...)                                                                             \
    BERTH_DETAIL_EXPAND3(BERTH_DETAIL_EXPAND3(BERTH_DETAIL_EXPAND3(BERTH_DETAIL_EXPAND3(__VA_ARGS__))))
#define BERTH_DETAIL_EXPAND3(...)                                                                            \
    BERTH_DETAIL_EXPAND2(BERTH_DETAIL_EXPAND2(BERTH_DETAIL_EXPAND2(BERTH_DETAIL_EXPAND2(__VA_ARGS__))))
#define BERTH_DETAIL_EXPAND2(...)                                                                            \
    BERTH_DETAIL_EXPAND1(BERTH_DETAIL_EXPAND1(BERTH_DETAIL_EXPAND1(BERTH_DETAIL_EXPAND1(__VA_ARGS__))))
#define BERTH_DETAIL_EXPAND1(...) __VA_ARGS__
#define BERTH_DETAIL_EACH(item, ...)                                                                         \
    BERTH_DETAIL_MEMBER item __VA_OPT__(, BERTH_DETAIL_AGAIN BERTH_DETAIL_PARENS(__VA_ARGS__))
#define BERTH_DETAIL_AGAIN() BERTH_DETAIL_EACH
#define BERTH_DETAIL_MEMBER(member_name, ...)                                                                \
    visitor.member(::berth::object::name_constant<#member_name>{},                                           \
                   &berth_described::member_name __VA_OPT__(, ::berth::object::field_options{__VA_ARGS__}))

/// Describes a struct, in its body: its type, its schema name (may be ""), and its members in the order in
/// which they are written. The struct must have a member `::berth::object::unknown_fields unknown`. Gives it
/// `==`.
#define BERTH_DESCRIBE(type, schema, ...)                                                                    \
    using berth_described = type;                                                                            \
    [[maybe_unused]] static constexpr std::string_view berth_schema = schema;                                \
    template <class Visitor> static constexpr auto berth_members([[maybe_unused]] Visitor visitor) {         \
        return visitor(__VA_OPT__(BERTH_DETAIL_EXPAND(BERTH_DETAIL_EACH(__VA_ARGS__))));                     \
    }                                                                                                        \
    [[maybe_unused]] friend auto operator==(type const&, type const&)->bool = default;
