#pragma once

/// \file
/// The bodies of `berth/kube/networking/ingress_class/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/default_class.hpp>
#include <berth/kube/networking/ingress/validation.hpp>
#include <berth/kube/networking/ingress_class/admission.hpp>

namespace berth::kube::detail {

inline auto give_ingress_class(api::admission_request& r, api::admission_world const& world) -> result<void> {
    if (r.op != api::admission_request::operation::create || r.of.type != &object::type_of<ingress>())
        return {};
    auto& i = r.object->as<ingress>();
    if (i.spec.ingress_class_name || i.metadata.annotations.contains(ingress_class_annotation)) return {};
    auto const all = world.list(ingress_class::resource);
    if (!all) return std::unexpected(all.error());
    auto best = newest_default<ingress_class>(*all, [](ingress_class const& c) {
        return c.metadata.annotations.get(default_ingress_class_annotation) == "true";
    });
    if (best != nullptr) i.spec.ingress_class_name = best->metadata.name;
    return {};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto default_ingress_class() -> api::admission {
    return {"DefaultIngressClass", &detail::give_ingress_class, {}, {&ingress_class::resource}};
}

} // namespace berth::kube
