#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/template.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/template.hpp>

namespace berth::kube::detail {

BERTH_DECL auto validate_template_metadata(pod_template_spec const& t, field_path const& at,
                                           field_errors& errors) -> void {
    auto const annotations = at.child("annotations");
    validate_labels(t.metadata.labels, at.child("labels"), errors);
    validate_annotations(t.metadata.annotations, annotations, errors);
    validate_pod_annotations(t.metadata.annotations, t.spec, annotations, errors);
}

BERTH_DECL auto validate_template(pod_template_spec const& t, field_path const& at, field_errors& errors)
    -> void {
    auto const spec = at.child("spec");
    validate_template_metadata(t, at, errors);
    validate_pod_spec(t.spec, {{}, false}, spec, errors);
    validate_profiles(t.metadata.annotations, t.spec, spec, errors);
    if (!t.spec.ephemeral_containers.empty())
        errors.forbidden(spec.child("ephemeralContainers"),
                         "ephemeral containers not allowed in pod template");
}

BERTH_DECL auto validate_selection(object::boxed<object::label_selector> const& s, pod_template_spec const& t,
                                   field_path const& at, field_errors& errors) -> bool {
    auto const field = at.child("selector");
    if (!s) {
        errors.required(field);
    } else {
        validate_label_selector(*s, field, errors);
        if (selects_all(*s))
            errors.invalid(field, shown_value::json(*s), "empty selector is invalid for deployment");
    }
    auto const selector = object::to_selector(s);
    if (!selector) {
        errors.invalid(field, shown_value::json(*s), "invalid label selector");
        return false;
    }
    auto const template_path = at.child("template");
    auto const metadata = template_path.child("metadata");
    if (!selector->matches(t.metadata.labels))
        errors.invalid(metadata.child("labels"), shown_internal(t.metadata.labels),
                       "`selector` does not match template `labels`");
    return true;
}

BERTH_DECL auto validate_lasting_template(pod_template_spec const& t, std::string_view owner,
                                          field_path const& at, field_errors& errors) -> void {
    validate_template(t, at, errors);
    validate_lasting_pods(t.spec, owner, at.child("spec"), errors);
}

BERTH_DECL auto validate_lasting_pods(pod_spec const& spec, std::string_view owner, field_path const& at,
                                      field_errors& errors) -> void {
    if (spec.restart_policy != "Always")
        errors.not_supported(at.child("restartPolicy"), spec.restart_policy, {"Always"});
    if (spec.active_deadline_seconds)
        errors.forbidden(at.child("activeDeadlineSeconds"),
                         "activeDeadlineSeconds in " + std::string(owner) + " is not Supported");
}

BERTH_DECL auto validate_fixed_selector(object::boxed<object::label_selector> const& now,
                                        object::boxed<object::label_selector> const& before,
                                        field_errors& errors) -> void {
    if (now == before) return;
    errors.invalid(spec_path.child("selector"), now ? shown_value::json(*now) : shown_value::null(),
                   immutable);
}

BERTH_DECL auto percentage_of(object::int_or_string const& value) -> std::optional<std::int64_t> {
    auto const text = value.text();
    if (value.is_number() || text.size() < 2 || text.back() != '%') return std::nullopt;
    auto const digits = text.substr(0, text.size() - 1);
    if (!object::detail::all_are(digits, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    return object::detail::go_integer(digits);
}

BERTH_DECL auto validate_count(object::int_or_string const& value, field_path const& at, field_errors& errors)
    -> void {
    if (value.is_number()) return validate_nonnegative(value.number(), at, errors);
    if (!percentage_of(value))
        errors.invalid(
            at, shown_count(value),
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or "
            "'93%', regex used for validation is '[0-9]+%')");
}

BERTH_DECL auto validate_collisions(std::optional<std::int32_t> now, std::optional<std::int32_t> before,
                                    field_path const& at, field_errors& errors) -> void {
    if (before && (!now || *now < *before))
        errors.invalid(at.child("collisionCount"), now.value_or(0), "cannot be decremented");
}

} // namespace berth::kube::detail
