#pragma once

/// \file
/// What a scheduler writes, as values: bindings, what it says of a pod that waits, and the departure of those
/// who make room.

#include <berth/api/write.hpp>
#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/schedule/infos.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Binds a pod to a node; refused if there is another pod of its name by now.
[[nodiscard]] BERTH_DECL auto binding_of(pod_info const& p, std::string const& node) -> api::write;

/// What a scheduler says in the status of a pod that it could not place.
struct waiting_status {
    std::string reason = "Unschedulable"; ///< of the condition `PodScheduled`
    std::string message{};                ///< of it; empty: it stays as it is
    std::optional<std::string>
        nominated{}; ///< the node that is promised to it, "" for none; not given: as it was
};

/// Writes it, as a patch of what differs from the pod as it is known; nothing if nothing does
/// (kubernetes 1.36, `schedule_one.go`, `updatePod`).
[[nodiscard]] BERTH_DECL auto waiting_write(pod_info const& p, waiting_status const& says, time_point now)
    -> std::optional<api::write>;

/// A victim is told why it goes (condition `DisruptionTarget`), and deleted; two writes, both of this very
/// pod (kubernetes 1.36, `framework/preemption`).
[[nodiscard]] BERTH_DECL auto victim_writes(pod_info const& victim, std::string_view scheduler,
                                            time_point now) -> std::vector<api::write>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/writes.ipp>
#endif
