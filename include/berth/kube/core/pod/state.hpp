#pragma once

/// \file
/// What can be read off a pod: whether it is over, ready, its class of service.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace berth::kube {

[[nodiscard]] inline auto is_finished(pod const& p) -> bool {
    return p.status.phase == "Succeeded" || p.status.phase == "Failed";
}

/// Neither finished nor on its way out.
[[nodiscard]] inline auto is_active(pod const& p) -> bool {
    return !is_finished(p) && !p.metadata.deleting();
}

[[nodiscard]] BERTH_DECL auto has_condition(pod const& p, std::string_view type) -> bool;

[[nodiscard]] inline auto is_ready(pod const& p) -> bool { return has_condition(p, "Ready"); }

/// Ready, and has been for so long. A pod that must be ready for no time at all is available when it is
/// ready.
[[nodiscard]] BERTH_DECL auto is_available(pod const& p, std::int32_t min_ready_seconds, time_point now)
    -> bool;

/// How long until a pod that is ready becomes available; nothing if it is, or if it is not ready.
[[nodiscard]] BERTH_DECL auto until_available(pod const& p, std::int32_t min_ready_seconds, time_point now)
    -> std::optional<duration>;

/// An init container that runs beside the others.
[[nodiscard]] BERTH_DECL auto is_sidecar(container const& c) -> bool;

/// Sets a condition; the transition time moves only when the status does. Says whether anything changed.
BERTH_DECL auto set_condition(object::list<pod_condition>& conditions, pod_condition wanted, time_point now)
    -> bool;

/// The condition that says why a pod is made to go (`DisruptionTarget`).
[[nodiscard]] BERTH_DECL auto disruption_target(std::string reason, std::string message) -> pod_condition;

/// The class of service of a pod (kubernetes 1.36, `qos.ComputePodQOS`): `Guaranteed` if every container's
/// limits of cpu and memory are set and equal to its requests, `BestEffort` if none asks for any, else
/// `Burstable`.
[[nodiscard]] BERTH_DECL auto qos_class(pod_spec const& spec) -> std::string_view;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/state.ipp>
#endif
