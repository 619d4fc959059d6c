#pragma once

/// \file
/// The bodies of `berth/kube/networking/ingress_class/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/networking/ingress_class/kind.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube::detail {

inline auto shown_parameters(ingress_class const& c) -> std::string {
    if (!c.spec.parameters) return std::string(none_shown);
    auto const& p = *c.spec.parameters;
    return p.kind + (p.api_group ? "." + *p.api_group : "") + "/" + p.name;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto ingress_class_kind() -> api::kind_of<ingress_class> {
    auto k = api::kind_of<ingress_class>{};
    k.generation = api::generation_rule::spec;
    k.set_defaults = [](ingress_class& c) {
        if (c.spec.parameters) object::apply_defaults(*c.spec.parameters);
    };
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {
        name_column<ingress_class>(),
        column<ingress_class>(
            "Controller", [](ingress_class const& c, time_point) -> api::cell { return c.spec.controller; }),
        column<ingress_class>(
            "Parameters",
            [](ingress_class const& c, time_point) -> api::cell { return detail::shown_parameters(c); }),
        age_column<ingress_class>()};
    return k;
}

} // namespace berth::kube
