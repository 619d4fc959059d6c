#pragma once

/// \file
/// Which options of `BERTH_DESCRIBE` go with which types of members, and what is wrong with those that do
/// not.

#include <berth/object/detail/native_values.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace berth::object::detail {

/// What a member is, as far as its options depend on it; an optional one is what is in it.
enum class told_form : std::uint8_t { unknown, text, number, boolean, scalar, raw, map, record };

/// See `told_form`; a list is told by its elements.
struct told_type {
    told_form form = told_form::unknown; ///< unknown: it has no form in JSON
    bool list = false;
};

template <class T> constexpr auto told_type_of() -> told_type {
    using element = typename element_type<T>::type;
    if constexpr (is_vector<T> || is_list<T>) {
        auto out = told_type_of<element>();
        out.list = true;
        return out;
    } else if constexpr (is_dictionary<T>) {
        auto const known = told_type_of<element>().form != told_form::unknown;
        return {known ? told_form::map : told_form::unknown};
    } else if constexpr (!std::is_void_v<element>) return told_type_of<element>();
    else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, rare_text>)
        return {told_form::text};
    else if constexpr (std::is_same_v<T, bool>) return {told_form::boolean};
    else if constexpr (std::is_same_v<T, std::int32_t> || std::is_same_v<T, std::int64_t> ||
                       std::is_same_v<T, double>)
        return {told_form::number};
    else if constexpr (std::is_same_v<T, raw_json>) return {told_form::raw};
    else if constexpr (described<T>) return {told_form::record};
    else if constexpr (requires { scalar_traits<T>::name; }) return {told_form::scalar};
    else return {};
}

/// What is wrong with the options of a struct's members.
enum class told_mistake : std::uint8_t {
    none,
    type,
    values,
    pattern,
    bound,
    size,
    merge_key,
    list_keys,
    topology,
    fallback
};

constexpr auto has_field(std::span<field_info const> fields, std::string_view name) -> bool {
    for (auto const& f : fields)
        if (f.name == name) return true;
    return false;
}

/// Whether each name of a list with commas is that of a field.
constexpr auto has_fields(std::span<field_info const> fields, std::string_view names) -> bool {
    while (true) {
        auto const comma = names.find(',');
        if (!has_field(fields, names.substr(0, comma))) return false;
        if (comma == std::string_view::npos) return true;
        names.remove_prefix(comma + 1);
    }
}

/// Whether JSON text looks like a value of a type.
constexpr auto is_value_of(told_type const& t, std::string_view json) -> bool {
    if (t.list) return false;
    auto const text = json.size() > 1 && json.front() == '"' && json.back() == '"';
    auto const truth = json == "true" || json == "false";
    auto const number =
        !json.empty() && (json.front() == '-' || (json.front() >= '0' && json.front() <= '9'));
    switch (t.form) {
    case told_form::text: return text;
    case told_form::boolean: return truth;
    case told_form::number: return number;
    case told_form::scalar: return text || truth || number;
    default: return false;
    }
}

constexpr auto mistake_in(told_type const& t, field_options const& o) -> told_mistake {
    if (t.form == told_form::unknown) return told_mistake::type;
    if (!o.values.empty() && t.form != told_form::text) return told_mistake::values;
    if (!o.pattern.empty() && (t.form != told_form::text || t.list)) return told_mistake::pattern;
    auto const bounded = o.minimum != no_details.minimum || o.maximum != no_details.maximum;
    if (bounded && t.form != told_form::number) return told_mistake::bound;
    auto const sized = o.min_size != no_details.min_size || o.max_size != no_details.max_size;
    if (sized && !t.list && t.form != told_form::text && t.form != told_form::map) return told_mistake::size;
    if ((o.topology == merge_topology::map) == o.list_keys.empty()) return told_mistake::topology;
    if (o.topology == merge_topology::set && !t.list) return told_mistake::topology;
    if (!o.fallback.empty() && !is_value_of(t, o.fallback)) return told_mistake::fallback;
    return told_mistake::none;
}

/// What is wrong with the keys of a list whose elements have such fields.
constexpr auto mistake_in_keys(std::span<field_info const> fields, field_options const& o) -> told_mistake {
    if (!o.merge_key.empty() && !has_field(fields, o.merge_key)) return told_mistake::merge_key;
    if (!o.list_keys.empty() && !has_fields(fields, o.list_keys)) return told_mistake::list_keys;
    return told_mistake::none;
}

/// Says what is wrong, in one sentence.
template <told_mistake M> constexpr auto check_options() -> void {
    static_assert(
        M != told_mistake::type,
        "a described member must be of a described type: a struct with BERTH_DESCRIBE, bool, int32_t, "
        "int64_t, double, string, a list, dictionary, boxed or optional of such, or one with "
        "scalar_traits");
    static_assert(M != told_mistake::values,
                  "`.values` in BERTH_DESCRIBE are for texts and lists of texts; a number has `.minimum` and "
                  "`.maximum`");
    static_assert(M != told_mistake::pattern, "`.pattern` in BERTH_DESCRIBE is for texts");
    static_assert(M != told_mistake::bound,
                  "`.minimum` and `.maximum` in BERTH_DESCRIBE are for numbers; a text, list or map has "
                  "`.min_size` and `.max_size`");
    static_assert(M != told_mistake::size,
                  "`.min_size` and `.max_size` in BERTH_DESCRIBE are for texts, lists and maps; a number has "
                  "`.minimum` and `.maximum`");
    static_assert(M != told_mistake::merge_key,
                  "`.merge_key` in BERTH_DESCRIBE must be the JSON name of a member of the list's elements");
    static_assert(M != told_mistake::list_keys,
                  "`.list_keys` in BERTH_DESCRIBE must be JSON names of members of the list's elements");
    static_assert(
        M != told_mistake::topology,
        "in BERTH_DESCRIBE `.topology = merge_topology::map` and `.list_keys` go together, and a set "
        "is a list");
    static_assert(
        M != told_mistake::fallback,
        "`.fallback` in BERTH_DESCRIBE must be the JSON text of the member's type, and that a text, "
        "number, truth value or scalar: \"\\\"Always\\\"\", \"30\", \"true\"");
}

} // namespace berth::object::detail
