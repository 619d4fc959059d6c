#pragma once

/// \file
/// The bodies of `berth/object/defaults.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/defaults.hpp>

#include <algorithm>
#include <charconv>

namespace berth::object::detail {

BERTH_DECL auto token_of(std::string_view json) -> scalar_token {
    auto out = scalar_token{};
    if (json.empty()) return out;
    if (json.front() == '"') {
        out.type = scalar_token::kind::text;
        out.text = json.substr(1, json.size() - 2);
    } else if (json == "true" || json == "false") {
        out.type = scalar_token::kind::boolean;
        out.boolean = json == "true";
    } else if (json.find_first_of(".eE") != std::string_view::npos) {
        out.type = scalar_token::kind::real;
        std::from_chars(json.data(), json.data() + json.size(), out.real);
    } else {
        out.type = scalar_token::kind::integer;
        std::from_chars(json.data(), json.data() + json.size(), out.integer);
    }
    return out;
}

inline auto set_to(type_info const& type, void* value, scalar_token const& token) -> void {
    switch (type.form) {
    case shape::boolean: *static_cast<bool*>(value) = token.boolean; return;
    case shape::int32: *static_cast<std::int32_t*>(value) = static_cast<std::int32_t>(token.integer); return;
    case shape::int64: *static_cast<std::int64_t*>(value) = token.integer; return;
    case shape::number:
        *static_cast<double*>(value) =
            token.type == scalar_token::kind::integer ? static_cast<double>(token.integer) : token.real;
        return;
    case shape::text: type.set_text(value, token.text); return;
    case shape::scalar:
        if (!type.read(value, token)) throw std::logic_error("a default must be of its member's type");
        return;
    case shape::optional: return set_to(type.element(), type.add(value, {}), token);
    case shape::raw:
    case shape::list:
    case shape::map:
    case shape::record: return;
    }
}

/// Whether `apply_default` would change a member. An empty record, map or list is its default already.
inline auto lacks_default(field_info const& f, void const* record) -> bool {
    auto const told = f.details->fallback;
    if (!is_plain_default(told) || !f.type().is_zero(f.in(record))) return false;
    return f.type().form == shape::optional || (told.front() != '{' && told.front() != '[');
}

/// Whether a value of a type may have something in it that has a default.
inline auto is_composed(type_info const& type) -> bool {
    return type.form == shape::record || type.form == shape::list || type.form == shape::map ||
           type.form == shape::optional;
}

/// Whether `apply_defaults` would change a value.
inline auto lacks_defaults(type_info const& type, void const* value) -> bool {
    if (type.form == shape::record)
        return std::ranges::any_of(type.fields, [&](field_info const& f) {
            return lacks_default(f, value) || lacks_defaults(f.type(), f.in(value));
        });
    if (!is_composed(type) || !is_composed(type.element())) return false;
    auto const n = type.size(value);
    for (std::size_t i = 0; i < n; ++i)
        if (lacks_defaults(type.element(), type.at(value, i))) return true;
    return false;
}

/// Whether others may have what is in a value too, so that a place to write to costs a copy.
inline auto is_in_common(type_info const& type, void const* value) -> bool {
    if (type.layout == storage::list || type.layout == storage::map)
        return static_cast<erased_list const*>(value)->is_shared();
    return type.layout == storage::boxed && is_boxed_shared(*static_cast<void* const*>(value));
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto apply_default(field_info const& f, void* record) -> void {
    if (detail::lacks_default(f, record))
        detail::set_to(f.type(), f.in(record), detail::token_of(f.details->fallback));
}

BERTH_DECL auto apply_defaults(type_info const& type, void* value) -> void {
    if (type.form == shape::record) {
        for (auto const& f : type.fields) {
            apply_default(f, value);
            apply_defaults(f.type(), f.in(value));
        }
        return;
    }
    if (!detail::is_composed(type) || !detail::is_composed(type.element())) return;
    auto const n = type.size(value);
    auto const in_common = detail::is_in_common(type, value); // and stays so if nothing is lacking
    for (std::size_t i = 0; i < n; ++i)
        if (!in_common || detail::lacks_defaults(type.element(), type.at(value, i)))
            apply_defaults(type.element(), type.reach(value, i));
}

} // namespace berth::object
