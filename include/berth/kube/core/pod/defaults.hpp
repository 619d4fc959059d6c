#pragma once

/// \file
/// What pods are when their manifests do not say (Kubernetes 1.36, `pkg/apis/core/v1/defaults.go`). Defaults
/// that are constants are told by the descriptions.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/defaults/volume.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/defaults.hpp>

namespace berth::kube {

/// Fills in what depends on other members in every pod spec, also in those of templates.
BERTH_DECL auto complete(pod_spec& spec) -> void;

namespace detail {

/// What the containers of a pod need at the most demanding time: while they run together, or while one of the
/// init containers runs beside the sidecars started before it. `part` picks limits or requests.
BERTH_DECL auto aggregated(pod_spec const& spec, resource_list resource_requirements::* part)
    -> resource_list;

/// What a pod needs as a whole: what it says itself, for resources that pods can say, else what its
/// containers need. The overhead is not in it.
BERTH_DECL auto whole_pod(pod_spec const& spec, resource_list resource_requirements::* part) -> resource_list;

} // namespace detail

/// Fills in a pod.
BERTH_DECL auto set_defaults(pod& p) -> void;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/defaults.ipp>
#endif
