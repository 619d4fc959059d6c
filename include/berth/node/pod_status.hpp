#pragma once

/// \file
/// From the states of a pod's containers to its phase and conditions: pure functions with the rules of the
/// kubelet (Kubernetes 1.36, `kubelet_pods.go: getPhase`, `status/generate.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::node {

/// The status of a container by name, or null.
[[nodiscard]] BERTH_DECL auto status_of(object::list<kube::container_status> const& statuses,
                                        std::string_view name) -> kube::container_status const*;

/// The phase of a pod whose container statuses are in `status`. `ended`: its containers will not run (again).
[[nodiscard]] BERTH_DECL auto phase_of(kube::pod_spec const& spec, kube::pod_status const& status, bool ended)
    -> std::string_view;

namespace detail {

[[nodiscard]] BERTH_DECL auto made_condition(std::string_view type, bool status, std::string_view reason = {},
                                             std::string message = {}) -> kube::pod_condition;

[[nodiscard]] BERTH_DECL auto joined(std::vector<std::string> const& unknown, std::string_view word,
                                     std::vector<std::string> const& others) -> std::string;

} // namespace detail

/// Sets the conditions that the node's agent is responsible for; others are kept. The phase and the statuses
/// of containers must be set already. `prepared`: the pod has what containers need (here: an address).
BERTH_DECL auto set_conditions(kube::pod const& pod, kube::pod_status& status, bool prepared, time_point now)
    -> void;

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/pod_status.ipp>
#endif
