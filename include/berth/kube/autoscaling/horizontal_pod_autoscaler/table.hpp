#pragma once

/// \file
/// The table of autoscalers (kubernetes 1.36, `printHorizontalPodAutoscaler`).

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/type.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube::detail {

/// What an autoscaler's metrics are, and are to be: `cpu: 37%/50%`. Two of them, and how many more there are.
[[nodiscard]] BERTH_DECL auto shown_targets(horizontal_pod_autoscaler const& a) -> std::string;

} // namespace berth::kube::detail

namespace berth::kube {

[[nodiscard]] BERTH_DECL auto horizontal_pod_autoscaler_columns()
    -> std::vector<api::column_of<horizontal_pod_autoscaler>>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/table.ipp>
#endif
