#pragma once

/// \file
/// The bodies of `berth/kube/authorization/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authorization/validation.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

namespace berth::kube::detail {

inline auto validate_attribute_requirement(field_selector_requirement const& r, field_path const& at,
                                           field_errors& errors) -> void {
    auto const values = at.child("values");
    if (r.key.empty()) errors.required(at.child("key"), "must be specified");
    if (r.operator_ == "In" || r.operator_ == "NotIn") {
        if (r.values.empty()) errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
    } else if ((r.operator_ == "Exists" || r.operator_ == "DoesNotExist") && !r.values.empty()) {
        errors.forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    }
}

/// `Selector`: of fields or of labels. `check(requirement, path, errors)`.
template <class Selector, class Check>
auto validate_selector_attributes(object::boxed<Selector> const& s, std::string_view name,
                                  field_path const& in, field_errors& errors, Check check) -> void {
    if (!s) return;
    auto const at = in.child(name);
    auto const list = at.child("requirements");
    if (!s->raw_selector.empty() && !s->requirements.empty())
        errors.invalid(at.child("rawSelector"), s->raw_selector,
                       "may not specified at the same time as requirements");
    if (s->raw_selector.empty() && s->requirements.empty())
        errors.required(list,
                        "when " + at.to_string() + " is specified, requirements or rawSelector is required");
    for (std::size_t i = 0; i < s->requirements.size(); ++i) check(s->requirements[i], list.index(i), errors);
}

BERTH_DECL auto validate_review_metadata(object::meta const& m, bool namespaced, field_errors& errors)
    -> void {
    auto rest = m;
    rest.managed_fields.clear();
    if (namespaced) rest.namespace_.clear();
    if (rest == object::meta()) return;
    errors.invalid(field_path("metadata"), shown_value::json(m),
                   namespaced ? "must be empty except for namespace" : "must be empty");
}

BERTH_DECL auto validate_attributes(object::boxed<resource_attributes> const& resource_,
                                    object::boxed<non_resource_attributes> const& path, std::string_view hint,
                                    field_errors& errors) -> void {
    auto const spec = field_path("spec");
    auto const at = spec.child("resourceAttributes");
    if (resource_ && path)
        errors.invalid(spec.child("nonResourceAttributes"), shown_internal(*path),
                       "cannot be specified in combination with resourceAttributes");
    if (!resource_ && !path) errors.invalid(at, shown_value::null(), hint);
    if (!resource_) return;
    validate_selector_attributes(resource_->field_selector, "fieldSelector", at, errors,
                                 &validate_attribute_requirement);
    validate_selector_attributes(resource_->label_selector, "labelSelector", at, errors,
                                 &validate_selector_requirement);
}

} // namespace berth::kube::detail
