#pragma once

/// \file
/// Checks of label selectors (apimachinery 1.36, `meta/v1/validation`).

#include <berth/api/check_field.hpp>
#include <berth/api/object_meta.hpp>
#include <berth/api/validation.hpp>
#include <berth/object/label_selector.hpp>
#include <berth/object/names.hpp>

namespace berth::kube::detail {

using api::field_errors;
using api::field_path;
using api::shown_value;

using api::detail::lower_case;
using api::detail::validate_annotations;
using api::detail::validate_label_name;
using api::detail::validate_labels;

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
