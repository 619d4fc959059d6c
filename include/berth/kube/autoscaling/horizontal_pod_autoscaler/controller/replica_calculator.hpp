#pragma once

/// \file
/// How many replicas a metric calls for (kubernetes 1.36,
/// `pkg/controller/podautoscaler/replica_calculator.go`).

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_answers.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/table.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// How long pods are given before what they use is believed, and how far a metric may be off.
struct replica_calculation_options {
    duration cpu_initialization = seconds(300);     ///< what a new pod uses of cpu is doubted for so long
    duration initial_readiness_delay = seconds(30); ///< a pod that is unready since then was never ready
    double tolerance_down = 0.1;                    ///< part of the target
    double tolerance_up = 0.1;                      ///< part of the target
};

/// What is scaled, as it is.
struct scaled_workload {
    std::vector<reconcile::seen<pod>> pods;
    std::int32_t desired = 0; ///< replicas that it should have
    std::int32_t current = 0; ///< replicas that it has
    time_point now;
    replica_calculation_options options;
};

/// What a metric calls for.
struct replica_proposal {
    std::int32_t replicas = 0;
    std::int64_t usage = 0;       ///< in thousandths: of a pod, or of all
    std::int32_t utilization = 0; ///< in percent of what is requested

    friend auto operator==(replica_proposal const&, replica_proposal const&) -> bool = default;
};

/// Replicas such that pods use `percent` of what they request of a resource; of one container of each, if one
/// is named. Pods without a sample count as if they used all that they request if there would be fewer, and
/// nothing if there would be more; pods that are not ready use nothing then. Errors: `unavailable`, in the
/// words of Kubernetes.
[[nodiscard]] BERTH_DECL auto replicas_by_utilization(scaled_workload const& w, pod_samples samples,
                                                      std::int32_t percent, std::string const& resource,
                                                      std::string_view container) -> result<replica_proposal>;

/// Replicas such that pods use `target` thousandths each. `resource` is `cpu` if it is that: new pods are
/// doubted then. Errors: as above.
[[nodiscard]] BERTH_DECL auto replicas_by_average(scaled_workload const& w, pod_samples samples,
                                                  std::int64_t target, std::string_view resource)
    -> result<replica_proposal>;

/// Replicas such that a value becomes the target, if it goes by how many pods there are. Both in thousandths.
/// Errors: as above.
[[nodiscard]] BERTH_DECL auto replicas_by_value(scaled_workload const& w, std::int64_t usage,
                                                std::int64_t target) -> result<replica_proposal>;

/// Replicas such that each has at most `target` of a value. Both in thousandths.
[[nodiscard]] BERTH_DECL auto replicas_by_share(scaled_workload const& w, std::int64_t usage,
                                                std::int64_t target) -> replica_proposal;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/replica_calculator.ipp>
#endif
