#pragma once

/// \file
/// The bodies of `berth/kube/networking/ingress_class/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/paths.hpp>
#include <berth/kube/networking/ingress/validation.hpp>
#include <berth/kube/networking/ingress_class/validation.hpp>

namespace berth::kube::detail {

inline auto validate_parameters(ingress_class_parameters_reference const& p, field_path const& at,
                                field_errors& errors) -> void {
    validate_local_reference(p.api_group, p.kind, p.name, at, errors);
    if (!p.scope) return errors.required(at.child("scope"));
    if (!check_allowed(p, &ingress_class_parameters_reference::scope, at, errors)) return;
    auto const space = at.child("namespace");
    if (*p.scope == "Cluster") {
        if (p.namespace_) errors.forbidden(space, "`parameters.scope` is set to 'Cluster'");
    } else if (!p.namespace_) {
        errors.required(space, "`parameters.scope` is set to 'Namespace'");
    } else {
        validate_name(name_rule::dns1123_label, *p.namespace_, space, errors);
    }
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(ingress_class const& c, api::field_errors& errors) -> void {
    auto const spec = api::field_path("spec");
    auto const controller = spec.child("controller");
    check_longest(object::field_of(&ingress_class_spec::controller), c.spec.controller, controller, errors);
    detail::validate_domain_prefixed_path(c.spec.controller, controller, errors);
    if (c.spec.parameters) detail::validate_parameters(*c.spec.parameters, spec.child("parameters"), errors);
}

BERTH_DECL auto validate_update(ingress_class const& now, ingress_class const& before,
                                api::field_errors& errors) -> void {
    auto const spec = api::field_path("spec");
    validate(now, errors);
    if (now.spec.controller != before.spec.controller)
        errors.invalid(spec.child("controller"), now.spec.controller, detail::immutable);
}

} // namespace berth::kube
