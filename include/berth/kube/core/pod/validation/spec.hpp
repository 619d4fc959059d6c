#pragma once

/// \file
/// Checks of pod specs, in pods and in templates (Kubernetes 1.36, `pkg/apis/core/validation`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/defaults.hpp>
#include <berth/kube/core/pod/validation/affinity.hpp>
#include <berth/kube/core/pod/validation/containers.hpp>
#include <berth/kube/core/pod/validation/system.hpp>
#include <berth/kube/meta/validation/addresses.hpp>

#include <string_view>

namespace berth::kube::detail {

/// Where a pod spec is.
struct pod_context {
    std::string pod_name; ///< of a pod; empty in a template
    bool in_pod = true;
};

BERTH_DECL auto validate_pod_spec(pod_spec const& spec, pod_context const& context, field_path const& at,
                                  field_errors& errors) -> void;

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/validation/spec.ipp>
#endif
