#pragma once

/// \file
/// Checks of labels, annotations and label selectors (apimachinery 1.36, `meta/v1/validation`).

#include <berth/api/check_field.hpp>
#include <berth/object/label_selector.hpp>
#include <berth/object/names.hpp>

namespace berth::kube::detail {

using api::field_errors;
using api::field_path;
using api::shown_value;

/// The most bytes that all annotations of an object may have together.
inline constexpr std::size_t annotations_size_limit = 256 * 1024;

inline auto validate_label_name(std::string_view name, field_path const& at, field_errors& errors) -> void {
    if (object::is_qualified_name(name)) return;
    errors.invalid_all(at, name, object::qualified_name_problems(name));
}

inline auto validate_labels(object::string_map const& labels, field_path const& at, field_errors& errors)
    -> void {
    for (auto const& [name, value] : labels) {
        validate_label_name(name, at, errors);
        if (!object::is_label_value(value))
            errors.invalid_all(at, value, object::label_value_problems(value));
    }
}

inline auto lower_case(std::string_view text) -> std::string {
    auto out = std::string(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

inline auto validate_annotations(object::string_map const& annotations, field_path const& at,
                                 field_errors& errors) -> void {
    auto size = std::size_t{0};
    for (auto const& [name, value] : annotations) {
        size += name.size() + value.size();
        if (!object::is_qualified_name(name))
            errors.invalid_all(at, name, object::qualified_name_problems(lower_case(name)));
    }
    if (size > annotations_size_limit) errors.too_long(at, static_cast<std::int64_t>(annotations_size_limit));
}

inline auto validate_selector_requirement(object::label_selector_requirement const& r, field_path const& at,
                                          field_errors& errors) -> void {
    auto const values = at.child("values");
    auto const& op = r.operator_;
    if (op == "In" || op == "NotIn") {
        if (r.values.empty()) errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
    } else if (op == "Exists" || op == "DoesNotExist") {
        if (!r.values.empty())
            errors.forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    } else {
        errors.invalid(at.child("operator"), op, "not a valid selector operator");
    }
    validate_label_name(r.key, at.child("key"), errors);
    for (std::size_t i = 0; i < r.values.size(); ++i)
        if (!object::is_label_value(r.values[i]))
            errors.invalid_all(values.index(i), r.values[i], object::label_value_problems(r.values[i]));
}

inline auto validate_label_selector(object::label_selector const& s, field_path const& at,
                                    field_errors& errors) -> void {
    validate_labels(s.match_labels, at.child("matchLabels"), errors);
    auto const expressions = at.child("matchExpressions");
    for (std::size_t i = 0; i < s.match_expressions.size(); ++i)
        validate_selector_requirement(s.match_expressions[i], expressions.index(i), errors);
}

inline auto validate_label_selector(object::boxed<object::label_selector> const& s, field_path const& at,
                                    field_errors& errors) -> void {
    if (s) validate_label_selector(*s, at, errors);
}

} // namespace berth::kube::detail
