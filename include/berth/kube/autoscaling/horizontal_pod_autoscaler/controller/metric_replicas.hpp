#pragma once

/// \file
/// What the metrics of an autoscaler call for together, and what is said of them (kubernetes 1.36,
/// `pkg/controller/podautoscaler/horizontal.go`, `computeReplicasForMetrics`).

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_answers.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/replica_calculator.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Why one metric is of no use.
struct metric_problem {
    std::string reason; ///< one word
    std::string why;    ///< what went wrong
    std::string said;   ///< the same, and of which metric
};

/// What all metrics call for.
struct metric_replicas {
    std::optional<std::int32_t> replicas; ///< nothing: no count is to be trusted
    std::string metric;                   ///< the one that calls for the most
    object::list<metric_status> statuses; ///< one for each metric, empty ones for those that are of no use
    std::vector<metric_problem> problems;
};

/// What is asked of the metrics APIs for one metric.
[[nodiscard]] BERTH_DECL auto query_of(metric_spec const& m, std::string_view namespace_,
                                       std::string const& pods) -> metric_query;

/// What the metrics of an autoscaler call for. `pods`: the selector of the workload's pods, as a text. If a
/// metric is of no use the others still count, but not for fewer replicas than there are.
[[nodiscard]] BERTH_DECL auto replicas_for(horizontal_pod_autoscaler const& a, scaled_workload const& w,
                                           std::string const& pods, metric_answers const* answers)
    -> metric_replicas;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_replicas.ipp>
#endif
