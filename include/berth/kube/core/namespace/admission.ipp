#pragma once

/// \file
/// The bodies of `berth/kube/core/namespace/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/admission.hpp>

namespace berth::kube::detail {

BERTH_DECL auto check_namespace(api::admission_request& r, api::admission_world const& world)
    -> result<void> {
    using enum api::admission_request::operation;
    if (!r.of.resource->namespaced || (r.op != create && r.op != connect)) return {};
    auto const space = world.find_as<namespace_>({{}, r.namespace_});
    if (!space) return std::unexpected(space.error());
    auto const& found = **space;
    if (!found.metadata.deleting() && found.status.phase != "Terminating") return {};
    auto refusal = api::refused(r, "unable to create new content in namespace " + r.namespace_ +
                                       " because it is being terminated");
    refusal.error().details.causes.push_back(
        {"NamespaceTerminating", "namespace " + r.namespace_ + " is being terminated", "metadata.namespace"});
    return refusal;
}

BERTH_DECL auto protect_namespaces(api::admission_request& r, api::admission_world const&) -> result<void> {
    auto const protected_name = r.name == "default" || r.name == "kube-system" || r.name == "kube-public";
    if (r.op != api::admission_request::operation::remove || r.of.resource->kind != "Namespace" ||
        !protected_name)
        return {};
    return api::refused(r, "this namespace may not be deleted");
}

} // namespace berth::kube::detail
