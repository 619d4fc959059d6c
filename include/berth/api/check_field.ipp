#pragma once

/// \file
/// The bodies of `berth/api/check_field.hpp`.

#include <berth/api/check_field.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto check_allowed(object::field_info const& f, std::string_view text, field_path const& at,
                              field_errors& errors) -> bool {
    if (object::is_allowed(f, text)) return true;
    errors.not_supported(at, text, f.details->values);
    return false;
}

BERTH_DECL auto bounds_problem(object::field_info const& f) -> std::string {
    auto const& d = *f.details;
    if (d.minimum == object::no_details.minimum)
        return "must be less than or equal to " + std::to_string(d.maximum);
    if (d.maximum == object::no_details.maximum)
        return "must be greater than or equal to " + std::to_string(d.minimum);
    return "must be between " + std::to_string(d.minimum) + " and " + std::to_string(d.maximum) +
           ", inclusive";
}

BERTH_DECL auto check_bounds(object::field_info const& f, std::int64_t n, field_path const& at,
                             field_errors& errors) -> bool {
    if (object::is_in_bounds(f, n)) return true;
    errors.invalid(at, n, bounds_problem(f));
    return false;
}

BERTH_DECL auto shown_allowed(object::field_info const& f) -> std::string {
    auto out = std::string("[");
    for (auto const value : f.details->values) {
        if (out.size() > 1) out += ' ';
        out += object::detail::go_quoted(value);
    }
    return out += ']';
}

} // namespace berth::api

namespace berth::api::detail {

BERTH_DECL auto number_in(object::type_info const& type, void const* value) -> std::optional<std::int64_t> {
    switch (type.form) {
    case object::shape::int32: return *static_cast<std::int32_t const*>(value);
    case object::shape::int64: return *static_cast<std::int64_t const*>(value);
    case object::shape::optional:
        return type.size(value) == 0 ? std::nullopt : number_in(type.element(), type.at(value, 0));
    default: return std::nullopt;
    }
}

BERTH_DECL auto text_in(object::type_info const& type, void const* value) -> std::optional<std::string_view> {
    if (type.form == object::shape::text) return type.text(value);
    if (type.form != object::shape::optional || type.size(value) == 0) return std::nullopt;
    return text_in(type.element(), type.at(value, 0));
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto check_bounds(object::type_info const& type, void const* record, field_path const& at,
                             field_errors& errors) -> void {
    for (auto const& f : type.fields)
        if (auto const n = detail::number_in(f.type(), f.in(record)))
            check_bounds(f, *n, at.child(f.name), errors);
}

} // namespace berth::api

namespace berth::api::detail {

BERTH_DECL auto require_text_in(object::field_info const& f, void const* record, field_path const& at,
                                field_errors& errors, std::string_view why) -> bool {
    auto const text = text_in(f.type(), f.in(record));
    if (!text || !text->empty()) return check_text_in(f, record, at, errors);
    errors.required(at.child(f.name), why);
    return false;
}

} // namespace berth::api::detail
