#pragma once

/// \file
/// Checks of what all controllers of pods have: templates, selectors, counts and percentages
/// (Kubernetes 1.36, `pkg/apis/apps/validation`, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation.hpp>

namespace berth::kube::detail {

/// The metadata of a template for pods.
BERTH_DECL auto validate_template_metadata(pod_template_spec const& t, field_path const& at,
                                           field_errors& errors) -> void;

/// A template for pods. (Labels and annotations are refused without `metadata` in their paths, as in
/// Kubernetes.)
BERTH_DECL auto validate_template(pod_template_spec const& t, field_path const& at, field_errors& errors)
    -> void;

/// The selector must exist, select something, and match the pods that are made.
BERTH_DECL auto validate_selection(object::boxed<object::label_selector> const& s, pod_template_spec const& t,
                                   field_path const& at, field_errors& errors) -> bool;

/// A template for pods that run for ever; `owner` is told in refusals.
BERTH_DECL auto validate_lasting_template(pod_template_spec const& t, std::string_view owner,
                                          field_path const& at, field_errors& errors) -> void;

/// The pods of such a template; `at`: the path of their spec.
BERTH_DECL auto validate_lasting_pods(pod_spec const& spec, std::string_view owner, field_path const& at,
                                      field_errors& errors) -> void;

/// Whether a selector asks for nothing.
inline auto selects_all(object::label_selector const& s) -> bool {
    return s.match_labels.empty() && s.match_expressions.empty();
}

BERTH_DECL auto validate_fixed_selector(object::boxed<object::label_selector> const& now,
                                        object::boxed<object::label_selector> const& before,
                                        field_errors& errors) -> void;

/// The number of a percentage, or nothing if a text is none.
BERTH_DECL auto percentage_of(object::int_or_string const& value) -> std::optional<std::int64_t>;

inline auto shown_count(object::int_or_string const& value) -> shown_value {
    return value.is_number() ? shown_value(value.number())
                             : shown_value::bare(object::detail::go_json(value.text()));
}

BERTH_DECL auto validate_count(object::int_or_string const& value, field_path const& at, field_errors& errors)
    -> void;

/// Whether it means no pod. A text that is no percentage counts as the number that it is.
inline auto is_none(object::int_or_string const& value) -> bool {
    if (value.is_number()) return value.number() == 0;
    return percentage_of(value).value_or(object::detail::go_integer(value.text()).value_or(0)) == 0;
}

inline auto validate_at_most_all(object::int_or_string const& value, field_path const& at,
                                 field_errors& errors) -> void {
    if (percentage_of(value).value_or(0) > 100)
        errors.invalid(at, shown_count(value), "must not be greater than 100%");
}

/// Counts in a status: none is negative, and none greater than a given other.
inline auto validate_part(std::int32_t part, std::int32_t whole, std::string_view name, std::string_view why,
                          field_path const& at, field_errors& errors) -> void {
    if (part > whole) errors.invalid(at.child(name), part, why);
}

/// The number of collisions of names is never less than it was.
BERTH_DECL auto validate_collisions(std::optional<std::int32_t> now, std::optional<std::int32_t> before,
                                    field_path const& at, field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/template.ipp>
#endif
