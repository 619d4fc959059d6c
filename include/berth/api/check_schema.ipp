#pragma once

/// \file
/// The bodies of `berth/api/check_schema.hpp`.

#include <berth/api/check_schema.hpp>
#include <berth/core/config.hpp>
#include <berth/object/expression.hpp>

#include <map>
#include <set>

namespace berth::api::detail {

/// How many characters a text of UTF-8 has.
inline auto count_characters(std::string_view text) -> std::int64_t {
    auto n = std::int64_t{0};
    for (auto const c : text) n += (static_cast<unsigned char>(c) & 0xc0U) == 0x80U ? 0 : 1;
    return n;
}

inline auto shown_json(object::type_info const& type, void const* value) -> shown_value {
    auto text = std::string();
    object::append_json(text, type, value);
    return shown_value::bare(std::move(text));
}

/// The part of a list's element by which it is told from the others, as JSON.
inline auto identifying_text(object::field_info const& f, object::type_info const& element, void const* value)
    -> std::string {
    auto out = std::string();
    if (f.topology == object::merge_topology::set) {
        object::append_json(out, element, value);
        return out;
    }
    out += '{';
    for (auto keys = f.details->list_keys; !keys.empty();) {
        auto const comma = keys.find(',');
        auto const* const key = element.field(keys.substr(0, comma));
        if (key != nullptr) {
            if (out.size() > 1) out += ',';
            object::append_json_string(out, key->name);
            out += ':';
            object::append_json(out, key->type(), key->in(value));
        }
        keys = comma == std::string_view::npos ? std::string_view() : keys.substr(comma + 1);
    }
    return out += '}';
}

BERTH_DECL auto schema_checker::check(object::type_info const& type, void const* value, field_path const& at)
    -> void {
    using object::shape;
    switch (type.form) {
    case shape::record:
        for (auto const& f : type.fields)
            if (!is_metadata(type, f)) check_field(f, f.in(value), at.child(f.name));
        return;
    case shape::list:
        for (std::size_t i = 0; i < type.size(value); ++i)
            check(type.element(), type.at(value, i), at.index(i));
        return;
    case shape::map:
        for (std::size_t i = 0; i < type.size(value); ++i)
            check(type.element(), type.at(value, i), at.key(type.key(value, i)));
        return;
    case shape::optional:
        if (type.size(value) != 0) check(type.element(), type.at(value, 0), at);
        return;
    default: return;
    }
}

BERTH_DECL auto schema_checker::check_field(object::field_info const& f, void const* value,
                                            field_path const& at) -> void {
    using object::shape;
    auto const& type = f.type();
    // A number or truth value that is zero and one that is absent look the same.
    auto const always_there = type.form == shape::boolean || type.form == shape::int32 ||
                              type.form == shape::int64 || type.form == shape::number;
    auto const zero = type.is_zero(value);
    if (zero && f.required && !always_there && type.form != shape::record) return errors_.required(at);
    if (zero && !f.required && !(f.always && always_there)) return;
    if (f.details != &object::no_details) check_details(f, type, value, at);
    if (type.form == shape::list) check_elements(f, value, at);
    check(type, value, at);
}

BERTH_DECL auto schema_checker::check_details(object::field_info const& f, object::type_info const& type,
                                              void const* value, field_path const& at) -> void {
    using object::shape;
    switch (type.form) {
    case shape::optional: return check_details(f, type.element(), type.at(value, 0), at);
    case shape::text: return check_text(f, type.text(value), at);
    case shape::int32:
    case shape::int64: return check_integer(f, *number_in(type, value), at);
    case shape::number: return check_real(f, *static_cast<double const*>(value), at);
    case shape::list:
    case shape::map: return check_count(f, type.size(value), at);
    default: return;
    }
}

BERTH_DECL auto schema_checker::check_integer(object::field_info const& f, std::int64_t n,
                                              field_path const& at) -> void {
    if (!object::is_allowed(f, std::to_string(n))) return errors_.not_supported(at, n, f.details->values);
    check_bounds(f, n, at, errors_);
}

BERTH_DECL auto schema_checker::check_text(object::field_info const& f, std::string const& text,
                                           field_path const& at) -> void {
    auto const& d = *f.details;
    if (!check_allowed(f, std::string_view(text), at, errors_)) return;
    if (d.min_size != object::no_details.min_size || d.max_size != object::no_details.max_size) {
        auto const n = count_characters(text);
        if (n > d.max_size)
            errors_.add("FieldValueTooLong", at,
                        "Too long: may not be more than " + std::to_string(d.max_size) + " characters");
        if (n < d.min_size)
            errors_.invalid(at, text, "must be at least " + std::to_string(d.min_size) + " characters");
    }
    if (d.pattern.empty()) return;
    auto const wanted = object::expression(d.pattern);
    if (!wanted.problem().empty())
        errors_.internal(at, "not a regular expression: " + std::string(d.pattern));
    else if (!wanted.matches(text))
        errors_.invalid(at, text, "should match '" + std::string(d.pattern) + "'");
}

BERTH_DECL auto schema_checker::check_real(object::field_info const& f, double n, field_path const& at)
    -> void {
    auto const within =
        n >= static_cast<double>(f.details->minimum) && n <= static_cast<double>(f.details->maximum);
    if (within) return;
    auto shown = std::string();
    object::append_json_number(shown, n);
    errors_.invalid(at, shown_value::bare(std::move(shown)), bounds_problem(f));
}

BERTH_DECL auto schema_checker::check_count(object::field_info const& f, std::size_t n, field_path const& at)
    -> void {
    check_most(f, n, at, errors_);
    if (static_cast<std::int64_t>(n) < f.details->min_size)
        errors_.add("FieldValueInvalid", at,
                    "Too few: " + std::to_string(n) + ": must have at least " +
                        std::to_string(f.details->min_size) + " items");
}

BERTH_DECL auto schema_checker::check_elements(object::field_info const& f, void const* list,
                                               field_path const& at) -> void {
    using object::merge_topology;
    auto const& type = f.type();
    auto const& element = type.element();
    auto const n = type.size(list);
    for (std::size_t i = 0; i < n; ++i) {
        auto const* const value = type.at(list, i);
        if (element.form == object::shape::text)
            check_allowed(f, std::string_view(element.text(value)), at.index(i), errors_);
        else if (auto const number = number_in(element, value))
            check_bounds(f, *number, at.index(i), errors_);
    }
    if (f.topology != merge_topology::set && f.topology != merge_topology::map) return;
    auto seen = std::set<std::string>();
    for (std::size_t i = 0; i < n; ++i) {
        auto key = identifying_text(f, element, type.at(list, i));
        if (!seen.insert(key).second) errors_.duplicate(at.index(i), shown_value::bare(std::move(key)));
    }
}

BERTH_DECL auto change_checker::check(object::type_info const& type, void const* now, void const* before,
                                      field_path const& at) -> void {
    using object::shape;
    if (type.form == shape::optional) {
        if (type.size(now) != 0 && type.size(before) != 0)
            check(type.element(), type.at(now, 0), type.at(before, 0), at);
    } else if (type.form == shape::map) {
        check_map(type, now, before, at);
    } else if (type.form == shape::record) {
        for (auto const& f : type.fields)
            if (!is_metadata(type, f)) check_field(f, f.in(now), f.in(before), at.child(f.name));
    }
}

BERTH_DECL auto change_checker::check_field(object::field_info const& f, void const* now, void const* before,
                                            field_path const& at) -> void {
    if (f.immutable && !f.type().equal(now, before))
        return errors_.invalid(at, shown_json(f.type(), now), "field is immutable");
    if (f.topology == object::merge_topology::map && f.type().form == object::shape::list)
        return check_list(f, now, before, at);
    check(f.type(), now, before, at);
}

BERTH_DECL auto change_checker::check_map(object::type_info const& type, void const* now, void const* before,
                                          field_path const& at) -> void {
    auto old = std::size_t{0}; // the keys of both are sorted
    for (std::size_t i = 0; i < type.size(now); ++i) {
        auto const key = type.key(now, i);
        while (old < type.size(before) && type.key(before, old) < key) ++old;
        if (old < type.size(before) && type.key(before, old) == key)
            check(type.element(), type.at(now, i), type.at(before, old), at.key(key));
    }
}

BERTH_DECL auto change_checker::check_list(object::field_info const& f, void const* now, void const* before,
                                           field_path const& at) -> void {
    auto const& type = f.type();
    auto old = std::map<std::string, void const*>();
    for (std::size_t i = 0; i < type.size(before); ++i)
        old.emplace(identifying_text(f, type.element(), type.at(before, i)), type.at(before, i));
    for (std::size_t i = 0; i < type.size(now); ++i) {
        auto const* const value = type.at(now, i);
        auto const same = old.find(identifying_text(f, type.element(), value));
        if (same != old.end()) check(type.element(), value, same->second, at.index(i));
    }
}

} // namespace berth::api::detail
