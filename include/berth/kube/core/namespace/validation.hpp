#pragma once

/// \file
/// Checks of namespaces (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks a namespace that is to be created.
inline auto validate(namespace_ const& n, api::field_errors& errors) -> void {
    auto const spec = api::field_path("spec");
    auto const finalizers = spec.child("finalizers");
    for (auto const& name : n.spec.finalizers) {
        api::detail::validate_finalizer_name(name, finalizers, errors);
        api::detail::validate_known_finalizer(name, finalizers, errors);
    }
}

/// Checks a change of a namespace's status: it is going away exactly if it is being deleted.
inline auto validate_status(namespace_ const& now, namespace_ const& /*before*/, api::field_errors& errors)
    -> void {
    auto const status = api::field_path("status");
    auto const phase = status.child("Phase");
    if (!now.metadata.deleting() && now.status.phase != "Active")
        errors.invalid(phase, now.status.phase, "may only be 'Active' if `deletionTimestamp` is empty");
    if (now.metadata.deleting() && now.status.phase != "Terminating")
        errors.invalid(phase, now.status.phase,
                       "may only be 'Terminating' if `deletionTimestamp` is not empty");
}

} // namespace berth::kube
