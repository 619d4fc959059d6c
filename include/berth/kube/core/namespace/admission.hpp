#pragma once

/// \file
/// Objects are created only in namespaces that exist and stay (kubernetes 1.36, `NamespaceLifecycle`).

#include <berth/api/admission.hpp>
#include <berth/api/errors.hpp>
#include <berth/kube/core/namespace/type.hpp>

namespace berth::kube {

namespace detail {

inline auto check_namespace(api::admission_request& r, api::admission_world const& world) -> result<void> {
    if (!r.of.resource->namespaced || r.op != api::admission_request::operation::create) return {};
    auto const space = world.find_as<namespace_>({{}, r.namespace_});
    if (!space) return std::unexpected(space.error());
    auto const& found = **space;
    if (!found.metadata.deleting() && found.status.phase != "Terminating") return {};
    auto refusal = api::forbidden(*r.of.resource, r.name,
                                  "unable to create new content in namespace " + r.namespace_ +
                                      " because it is being terminated");
    refusal.error().details.causes.push_back(
        {"NamespaceTerminating", "namespace " + r.namespace_ + " is being terminated", "metadata.namespace"});
    return refusal;
}

inline auto protect_namespaces(api::admission_request& r, api::admission_world const&) -> result<void> {
    auto const protected_name = r.name == "default" || r.name == "kube-system" || r.name == "kube-public";
    if (r.op != api::admission_request::operation::remove || r.of.resource->kind != "Namespace" ||
        !protected_name)
        return {};
    return api::forbidden(*r.of.resource, r.name, "this namespace may not be deleted");
}

} // namespace detail

[[nodiscard]] inline auto namespace_lifecycle() -> api::admission {
    return {"NamespaceLifecycle", &detail::check_namespace, &detail::protect_namespaces};
}

} // namespace berth::kube
