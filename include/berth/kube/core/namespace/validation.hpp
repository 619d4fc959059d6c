#pragma once

/// \file
/// Checks of namespaces (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/meta/validation.hpp>

namespace berth::kube {

/// Checks a namespace that is to be created.
BERTH_DECL auto validate(namespace_ const& n, api::field_errors& errors) -> void;

/// Checks a change of a namespace's status: it is going away exactly if it is being deleted.
BERTH_DECL auto validate_status(namespace_ const& now, namespace_ const& /*before*/,
                                api::field_errors& errors) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/namespace/validation.ipp>
#endif
